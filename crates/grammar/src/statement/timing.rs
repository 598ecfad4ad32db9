//! Times of a sentence that complete each other, and days that are a subject's own.

use knowledge::CueClass;

use super::Sentence;
use super::around::Around;
use crate::frame::Part;
use crate::mark::{Mark, TimeWord};
use crate::period::{Expr, Mention, Role, YearRef};
use crate::topic::stretch;

impl Sentence<'_> {
    /// `năm 2022 …, quý I tăng 5,05%`, `GDP năm 2020 tăng 2,9% (quý I tăng 3,7%)`: a part of the year that the sentence names before it.
    pub(super) fn in_year_before(&self, mention: Mention) -> Mention {
        let own = |m: &&Mention| m.role == Role::Own && m.end <= mention.start && m.expr != Expr::Vague;
        let before = self.frame.mentions.iter().filter(own).rfind(|m| m.expr.year().is_some() || m.expr.of_year(0) == m.expr);
        let year =
            before.filter(|m| matches!(m.expr, Expr::Year(_)) && !self.is_of_plan(m, self.frame.range.0)).and_then(|m| m.expr.year());
        let alone = mention.role == Role::Own && !mention.until;
        year.filter(|_| alone).map_or(mention, |year| Mention { expr: mention.expr.of_year(year), ..mention })
    }

    /// `sản lượng điện ngày 27/5 đạt 44,6 triệu kWh`, `trong ngày 27/5, sản lượng điện đạt …`: a day right behind the name of a subject,
    /// or in which something is said to have come together, is that of the figures behind it and no day of an event.
    pub(super) fn is_own_day(&self, mention: &Mention) -> bool {
        let from = self.frame.range.0;
        let Some(to) = self.frame.quantities.iter().map(|quantity| quantity.lead).find(|lead| *lead >= mention.end) else { return false };
        let day = matches!(mention.expr, Expr::Day(..)) && !mention.until;
        // (`ngày 12/1, Bộ Công Thương cho biết …`)
        let told = self.frame.cues.iter().any(|cue| cue.start >= mention.end && cue.end <= to && cue.classes.has(CueClass::Speaker));
        if !day || told {
            return false;
        }
        let within = self.hits.is(mention.start, Mark::Time(TimeWord::Of));
        let named = mention.start > from
            && matches!(self.frame.part(mention.start - 1), Part::Noun | Part::Proper | Part::Name(_) | Part::Place(_));
        let behind = stretch(self.known, self.frame, mention.end, to);
        within || named && behind.is_empty() && !(mention.end..to).any(|at| self.is_joint(at, 0))
    }

    /// The time that commas set apart before the clause of a sentence (`Theo báo cáo, năm 2012, công ty vượt kế hoạch`).
    pub(crate) fn set_apart(&self) -> Option<&Mention> {
        let from = self.frame.range.0;
        let set_apart = |m: &&Mention| {
            let led = (m.start.saturating_sub(2).max(from)..m.start).rev().take_while(|at| self.tokens[*at].is_word()).last();
            let comma = led.unwrap_or(m.start).checked_sub(1).filter(|at| *at >= from);
            comma.is_some_and(|at| self.tokens[at].is(',')) && self.tokens.get(m.end).is_some_and(|token| token.is(','))
        };
        let span = |m: &&Mention| {
            let part = matches!(
                m.expr,
                Expr::Year(_) | Expr::Years(..) | Expr::Half(..) | Expr::Quarter(..) | Expr::Month(..) | Expr::FirstMonths(..)
            );
            part && m.role == Role::Own && !m.until
        };
        self.frame.mentions.iter().filter(span).find(set_apart)
    }

    /// `cập nhật đến ngày 19/2 …, đã trả 12 nghìn tỷ đồng kể từ đầu năm`: from the first of January up to that moment.
    pub(super) fn counted_up_to(&self, mention: Mention, around: &Around) -> Mention {
        let (from, to) = (around.gap.0, around.behind.1);
        let mentions = || self.frame.mentions.iter().filter(|m| m.role == Role::Own);
        // (`từ đầu năm`, `kể từ đầu năm 2025`)
        let begins = |m: &&Mention| matches!(m.expr, Expr::YearToDate | Expr::Since(_)) && from <= m.start && m.end <= to;
        // (the day may stand in a clause of its own, before the figure)
        let (start, until) = match mention.expr {
            Expr::YearToDate | Expr::Since(_) => (Some(mention), mentions().rfind(|m| m.until && m.end <= mention.start).copied()),
            _ => (mentions().find(begins).copied(), Some(mention).filter(|m| m.until)),
        };
        let (Some(start), Some(until)) = (start, until) else { return mention };
        let expr = match (start.expr, until.expr) {
            (Expr::Since(first), Expr::Day(day, month @ Some(_), year)) => {
                Expr::Days((1, Some(1), YearRef::Named(first)), (day, month, year))
            }
            (Expr::YearToDate, Expr::Day(day, month @ Some(_), year)) => Expr::Days((1, Some(1), year), (day, month, year)),
            (Expr::YearToDate, Expr::Month(month, year)) => Expr::FirstMonths(month, year),
            _ => return mention,
        };
        Mention { expr, until: false, ..mention }
    }
}
