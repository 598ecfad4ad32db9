//! Times in a sentence that are not when its figures hold.

use knowledge::{BlockedBy, CueClass, Knowledge, TimeUnit, UnitKind};
use model::Status;

use crate::frame::Frame;
use crate::lexicon::{Hit, Hits};
use crate::mark::{Mark, Particle, TimeWord, kind};
use crate::period::{Expr, Mention, Role, YearRef};
use crate::quantity::{Measured, Quantity};
use crate::token::Token;

/// More tokens than stand between a kind of document and its day.
const LONGEST_NUMBER: usize = 12;

/// Tokens of the words with which a time begins, and of a comma before them.
const LONGEST_LEAD: usize = 4;

impl Frame {
    /// Takes dates of other things (`khởi công năm 2010`, `giá so sánh 2010`) away from the figures.
    pub(crate) fn set_aside(&mut self, tokens: &[Token], hits: &Hits) {
        let from = self.range.0;
        self.mentions.retain(|mention| !(mention.expr == Expr::Now && is_inside_word(hits, mention, from)));
        for mention in &mut self.mentions {
            if (mention.start.saturating_sub(5).max(from)..mention.start).any(|start| dates_another(hits, mention, start)) {
                mention.expr = Expr::Vague;
            }
        }
        self.set_documents_aside(tokens, hits);
        self.set_records_aside(tokens, hits);
        self.set_visions_aside(hits);
        self.set_present_aside();
    }

    /// `Tại ngày 30/9, tài sản của công ty hiện còn 983 tỷ đồng`: what is so now is so on the day that opens the sentence.
    fn set_present_aside(&mut self) {
        let opens =
            |mention: &Mention| matches!(mention.expr, Expr::Day(..)) && mention.role == Role::Own && mention.start <= self.range.0 + 2;
        let now = self.mentions.iter().position(opens).and_then(|day| self.mentions.get_mut(day + 1));
        if let Some(mention) = now.filter(|mention| mention.expr == Expr::Now) {
            mention.expr = Expr::Vague;
        }
    }

    /// Takes the years to which plans look out beyond their span away (`thời kỳ 2021 - 2030, tầm nhìn đến năm 2050`).
    fn set_visions_aside(&mut self, hits: &Hits) {
        let vision = |from: usize, to: usize| (from..to).any(|at| hits.says(at, Particle::Vision));
        for at in 1..self.mentions.len() {
            let (before, mention) = (self.mentions[at - 1], self.mentions[at]);
            let near = before.expr != Expr::Vague && mention.start <= before.end + LONGEST_LEAD;
            if near && vision(before.end, mention.start) {
                self.mentions[at].expr = Expr::Vague;
            }
        }
    }

    /// Takes the days on which documents were signed away (`Nghị định số 12/2020/NĐ-CP ngày 3/2/2020`): no figure holds on them, and
    /// no text is published.
    pub(crate) fn set_documents_aside(&mut self, tokens: &[Token], hits: &Hits) {
        let from = self.range.0;
        for mention in self.mentions.iter_mut().filter(|mention| matches!(mention.expr, Expr::Day(..)) && !mention.until) {
            let near = mention.start.saturating_sub(LONGEST_NUMBER).max(from)..mention.start;
            if near.rev().find_map(|start| document(hits, start)).is_some_and(|end| is_number_of_document(tokens, end, mention.start)) {
                mention.expr = Expr::Vague;
            }
        }
    }

    /// Takes the years since which something holds, and those in which other things began, away (`kể từ năm 1991`, `thành lập năm 1993`):
    /// no text without a date is of them, but none is older than the latest of them, which it gives back, short of those that stand where
    /// a goal or a forecast begins, `ahead`.
    pub(crate) fn set_origins_aside(&mut self, hits: &Hits, ahead: usize) -> Option<i16> {
        let from = self.range.0;
        let mut latest = None;
        for mention in self.mentions.iter_mut().filter(|mention| mention.role == Role::Own && !mention.until) {
            let near = mention.start.saturating_sub(5).max(from)..mention.start;
            let since = |start: usize| hits.spans((start, mention.start), Mark::Time(TimeWord::From));
            let origin = match mention.expr {
                Expr::Year(_) => near.clone().any(|start| since(start) || dates_another(hits, mention, start)),
                Expr::Month(_, YearRef::Named(_)) => near.clone().any(|start| dates_another(hits, mention, start)),
                _ => false,
            };
            if origin {
                latest = latest.max(mention.expr.year().filter(|_| mention.start < ahead));
                mention.expr = Expr::Vague;
            }
        }
        latest
    }

    /// Takes the year away that opens a sentence of goals (`Năm 2019, tỉnh đặt mục tiêu …`) and gives it back: where a text without a date
    /// names another, it is of that one. A goal or a forecast begins at `ahead`.
    pub(crate) fn set_plan_aside(&mut self, tokens: &[Token], hits: &Hits, ahead: usize) -> Option<i16> {
        let (from, to) = self.range;
        let goal = |hit: &Hit| matches!(hit.mark, Mark::Status(Status::Target, _));
        if ahead >= to || !hits.at(ahead).iter().any(goal) {
            return None;
        }
        let plan = |mention: &Mention| {
            let opens = mention.start <= from + 1 && mention.end <= ahead && mention.role == Role::Own && !mention.until;
            let between = mention.end..ahead;
            opens
                && matches!(mention.expr, Expr::Year(YearRef::Named(_)))
                && !between.clone().any(|at| tokens[at].is_number() || hits.has(at, kind::STATUS))
        };
        let at = self.mentions.iter().position(plan)?;
        self.mentions.remove(at).expr.year()
    }

    /// The time right behind a multiple is what it is compared with (`tăng gấp 2 lần năm 2018`).
    pub(crate) fn set_bases(&mut self, known: &Knowledge) {
        let multiple = |quantity: &Quantity| match quantity.measured {
            Measured::Ratio => true,
            Measured::Unit(unit) => known.units.units[unit as usize].kind == UnitKind::Times,
            _ => false,
        };
        for mention in &mut self.mentions {
            let compares =
                matches!(mention.expr, Expr::Year(_) | Expr::Quarter(..) | Expr::Month(..) | Expr::Half(..) | Expr::FirstMonths(..));
            if compares && self.quantities.iter().any(|quantity| quantity.end == mention.start && multiple(quantity)) {
                mention.role = Role::Basis;
            }
        }
    }

    /// Takes the times that a superlative looks over (`mức thấp nhất trong năm`, `cao nhất kể từ tháng 4/1981`) away.
    pub(crate) fn set_records_aside(&mut self, tokens: &[Token], hits: &Hits) {
        let from = self.range.0;
        let mut record = None;
        for mention in &mut self.mentions {
            // `mức cao nhất gần 40 tháng qua, kể từ tháng 2/2010`: the same span, told again
            let near = record.filter(|end: &usize| *end <= mention.start && mention.start <= end + LONGEST_LEAD);
            if near.is_some_and(|end| begins(hits, end, mention.start + 1)) {
                mention.expr = Expr::Vague;
            }
            let far = if matches!(mention.expr, Expr::Past(..)) { 7 } else { 4 };
            if (mention.start.saturating_sub(far).max(from)..mention.start).any(|start| is_looked_over(tokens, hits, mention, start)) {
                mention.expr = Expr::Vague;
                record = Some(mention.end);
            }
        }
    }
}

/// Whether `từ` or `kể từ` stands between two tokens.
fn begins(hits: &Hits, from: usize, to: usize) -> bool {
    (from..to).any(|at| hits.is(at, Mark::Time(TimeWord::From)))
}

/// The end of the name of a kind of document that begins at a token.
fn document(hits: &Hits, start: usize) -> Option<usize> {
    hits.end_of(start, Mark::Blocked(BlockedBy::Document))
}

/// Whether nothing but the number of a document stands between its kind and its day: figures, marks and capital letters.
fn is_number_of_document(tokens: &[Token], from: usize, to: usize) -> bool {
    let part = |token: &Token| token.is_number() || !token.is_word() && !token.is(',') && !token.is(';') || token.capital;
    // (`Nghị quyết số 33/NQ-CP, ngày 11/3/2023`)
    let to = if to > from && tokens[to - 1].is(',') && tokens[from..to].iter().any(Token::is_number) { to - 1 } else { to };
    from <= to && tokens[from..to].iter().all(part)
}

/// Whether `hiện` is a part of another word (`thực hiện`).
fn is_inside_word(hits: &Hits, mention: &Mention, from: usize) -> bool {
    mention.start > from
        && hits.at(mention.start - 1).iter().any(|hit| {
            matches!(hit.mark, Mark::Cue(_) | Mark::Trap | Mark::Indicator(..) | Mark::Subject(..) | Mark::Status(..))
                && hit.end as usize >= mention.end
        })
}

/// Whether a word at `start` says that the date behind it is that of something else.
fn dates_another(hits: &Hits, mention: &Mention, start: usize) -> bool {
    // (`khối lượng giao dịch ngày 2/4` is no delivery)
    let part = |end: usize| end == start + 1 && end < mention.start && hits.at(start).iter().any(|hit| hit.end as usize > end);
    let aside = hits.is(start, Mark::Cue(CueClass::Aside)) || hits.is(start, Mark::Cue(CueClass::Priced));
    aside
        && hits.at(start).iter().any(|hit| {
            let end = hit.end as usize;
            // (`theo giá hiện hành tháng 10/2024`)
            let prices = hit.mark == Mark::Cue(CueClass::Priced) && matches!(mention.expr, Expr::Year(_));
            (prices || hit.mark == Mark::Cue(CueClass::Aside)) && end <= mention.start && end + 1 >= mention.start && !part(end)
        })
}

/// Whether a superlative at `start` looks over a span: one of several years or months, or one that begins with `từ`.
fn is_looked_over(tokens: &[Token], hits: &Hits, mention: &Mention, start: usize) -> bool {
    let span = matches!(
        mention.expr,
        Expr::WholeYear | Expr::Past(..) | Expr::Coming(..) | Expr::Since(_) | Expr::Years(..) | Expr::YearToDate | Expr::Relative(_, 0)
    );
    // (`cao nhất trong 11 tháng`, but `cao nhất trong 9 tháng đầu năm`)
    let months = matches!(mention.expr, Expr::FirstMonths(_, YearRef::Unstated))
        && hits.is(mention.end - 1, Mark::Time(TimeWord::Unit(TimeUnit::Month)));
    // (`kỷ lục theo tháng trong vòng gần 5 năm qua`)
    let words = |from: usize| matches!(mention.expr, Expr::Past(..)) && tokens[from..mention.start].iter().all(Token::is_word);
    let superlative = Mark::Cue(CueClass::Superlative);
    hits.is(start, superlative)
        && hits.at(start).iter().any(|hit| {
            let end = hit.end as usize;
            hit.mark == superlative
                && end <= mention.start
                && (end + 2 >= mention.start || words(end))
                && (span || months || begins(hits, end, mention.start))
        })
}
