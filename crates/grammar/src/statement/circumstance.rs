//! When, against what, where and how firmly a figure holds.

use knowledge::{CueClass, Kind, Reach, TimeUnit, UnitKind};
use model::{Measure, Status};
use rust_decimal::Decimal;

use super::around::Around;
use super::{Against, Draft, Found, Near, Sentence};
use crate::frame::{Cue, Part, What};
use crate::mark::{Mark, TimeWord, kind};
use crate::measure::{Classes, Evidence};
use crate::period::{Expr, Mention, Role};
use crate::place::Place;
use crate::quantity::{Measured, Quantity};

impl Sentence<'_> {
    pub(super) fn mention(
        &self,
        around: &Around,
        previous: Option<&Draft>,
        against: Option<Against>,
        basis: bool,
    ) -> (Option<Mention>, Found) {
        let own = |m: &&Mention| m.role == Role::Own && m.expr != Expr::Vague && against != Some(Against::Mention(**m));
        let mentions = &self.frame.mentions;
        // `giảm nhẹ so với đầu năm (13.663 tỷ đồng)`: a level in a bracket behind a basis is that of the basis.
        if let Some(basis) = self.basis_before_bracket(around) {
            return (Some(basis), Found::Clause);
        }
        // `4.517 doanh nghiệp (năm 2012)`: a bracket with nothing else.
        let (from, to) = around.behind;
        if let Some(mention) = mentions.iter().filter(own).find(|m| {
            from > 0
                && self.tokens.get(from).is_some_and(|t| t.is('('))
                && m.start == from + 1
                && self.tokens.get(m.end).is_some_and(|t| t.is(')'))
        }) {
            return (Some(*mention), Found::Clause);
        }
        // `mục tiêu 12% của cả năm 2013`, `mức lỗ 2.727 tỷ đồng của năm trước`: nothing stands nearer than what the figure is of.
        let floats = |m: &Mention| matches!(m.expr, Expr::WholeYear | Expr::Now | Expr::YearToDate | Expr::Same(_) | Expr::Relative(_, 0));
        let of = |m: &&Mention| {
            m.start == from + 1 && self.hits.at(from).iter().any(|hit| hit.end as usize == m.start && hit.mark == Mark::Time(TimeWord::Of))
        };
        if let Some(mention) = mentions.iter().filter(own).find(|m| of(m) && !floats(m)) {
            return (Some(*mention), Found::Clause);
        }
        // Right behind the figure: `16 tỷ USD năm 2020`, `5 triệu tấn trong 6 tháng`; behind a plan it is the plan's year.
        let plan = self.frame.cues.iter().find(|c| c.start >= from && c.end <= to && c.classes.has(CueClass::Plan)).map_or(to, |c| c.start);
        let behind = mentions.iter().filter(own).find(|m| m.start >= from && m.end <= plan);
        // (`so với mức 500 triệu USD cùng kỳ năm trước` dates the level)
        let behind = behind.filter(|m| !matches!(m.expr, Expr::Same(_)) || (basis && m.start == from));
        // (`hoàn thành 18% và 17% dự báo cả năm`: the year of what is completed)
        let completed = against == Some(Against::Plan) && from > 0 && self.tokens[from - 1].is('%');
        let planned = |m: &Mention| completed && matches!(m.expr, Expr::WholeYear | Expr::Year(_) | Expr::Relative(TimeUnit::Year, _));
        let behind = behind.filter(|m| !planned(m));
        // (a goal is the plan's own figure)
        let goal = matches!(self.status(around), Status::Target | Status::Forecast);
        let before = || {
            let inside = |m: &&Mention| {
                m.start >= around.gap.0 && m.end <= around.gap.1 && (goal || !self.is_of_plan(m, around.gap.0)) && !self.dates_from(m)
            };
            mentions.iter().filter(own).filter(inside)
        };
        // (`phiên ngày 28/5 (rạng sáng 29/5), giá vàng chốt ở mức …`: what stands in a bracket comes last)
        let level = |m: &&Mention| self.frame.depth(m.start) <= self.frame.depth(around.gap.1);
        let before = before().rfind(level).or_else(|| before().next_back());
        // A mention right behind the figure before is that one's.
        let taken = |m: &Mention| {
            let near = |at: usize| {
                matches!(self.frame.part(at), Part::Light | Part::Noun | Part::Name(_))
                    || matches!(self.frame.part(at), Part::Cue(cue) if self.frame.cues[cue as usize].classes.has(CueClass::Function))
            };
            let basis = matches!(m.expr, Expr::Same(_)) && !(around.gap.0..m.start).any(|at| self.is_joint(at, 1));
            around.previous.is_some() && (basis || (around.gap.0..m.start).all(near))
        };
        // `tình hình kinh doanh hiện tại tăng từ 40% của quý trước`: what dates a figure itself comes before the present.
        // `Ngày 27/5 … chốt phiên ở mức …`: the session is that of the day that the sentence names.
        let before = before.map(|m| match m.expr {
            Expr::Relative(TimeUnit::Day, 0) => {
                mentions.iter().filter(own).find(|day| matches!(day.expr, Expr::Day(..)) && !day.until && day.end <= m.start).unwrap_or(m)
            }
            // (`lũy kế đến cuối tháng 11/2024, Nhật Bản hiện có 5.473 dự án`)
            Expr::Now => {
                mentions.iter().filter(own).rfind(|until| until.until && until.start >= around.gap.0 && until.end <= m.start).unwrap_or(m)
            }
            _ => m,
        });
        let in_clause = before.filter(|m| m.start >= around.clause.0 && !taken(m)).filter(|m| {
            // (`dự báo cuối tháng 8 cho biết GDP sẽ tăng 6,1% vào năm 2024`: when it was told of)
            let told = |at: usize| {
                self.is_word(at, &['c', 'h', 'o'])
                    && (self.is_word(at + 1, &['b', 'i', 'ế', 't']) || self.is_word(at + 1, &['t', 'h', 'ấ', 'y']))
            };
            let far = matches!(m.expr, Expr::Now | Expr::Coming(..)) || (m.end..around.gap.1).any(told);
            !far || behind.is_none_or(|behind| behind.start > around.behind.0 + 1)
        });
        if let Some(mention) = in_clause.or(behind).or(before.filter(|m| !(taken(m) && matches!(m.expr, Expr::Same(_))))) {
            return (Some(*mention), Found::Clause);
        }
        let reaches = |mention: &Mention| !(self.is_of_item(mention) && self.has_semicolon(mention.end, around.gap.1));
        // (`từ 47% cùng kỳ năm trước xuống 43,1%`, `so với đầu năm (13.663 tỷ đồng)`: what dates an earlier level dates that alone)
        let earlier = |draft: &Draft, mention: &Mention| {
            mention.role == Role::Basis
                || draft.cue.has(CueClass::From) && matches!(mention.expr, Expr::Same(_))
                || self.dates_from(mention)
        };
        if let Some(draft) = previous.filter(|draft| draft.mention.as_ref().is_some_and(|m| reaches(m) && !earlier(draft, m))) {
            return (draft.mention, Found::Sentence);
        }
        // Nothing before it: what the rest of the sentence says, as far as no figure stands between.
        // What stands in a bracket dates the figures of the bracket.
        let in_own_bracket = |m: &&Mention| self.frame.depth(m.start) <= self.frame.depth(around.gap.1);
        // (what stands behind a word of comparison dates what is compared with)
        let compared = |m: &&Mention| {
            self.frame.cues.iter().any(|cue| {
                cue.start >= around.behind.0
                    && cue.end <= around.behind.1
                    && cue.end <= m.start
                    && cue.classes.has(CueClass::Basis)
                    && !(cue.end..m.start).any(|at| self.is_joint(at, 1))
            })
        };
        let later = mentions.iter().filter(own).find(|m| {
            m.start >= around.behind.0
                && !matches!(m.expr, Expr::Same(_))
                && !m.is_before()
                && in_own_bracket(m)
                && !compared(m)
                && !self.dates_basis(m)
                && !self.is_of_plan(m, around.behind.0)
                && !self.dates_start(m)
                && !self.has_semicolon(around.behind.0, m.start)
        });
        let same_span = |m: &&Mention| matches!(m.expr, Expr::Same(_)) && m.start > self.frame.range.0 + 2;
        let first = mentions
            .iter()
            .filter(own)
            .find(|m| m.end <= around.gap.0 && in_own_bracket(m) && !same_span(m) && reaches(m) && !self.dates_from(m));
        match first.or(later) {
            Some(mention) => (Some(*mention), Found::Sentence),
            None => (None, Found::Nowhere),
        }
    }

    /// The basis right before the bracket in which a level stands alone.
    fn basis_before_bracket(&self, around: &Around) -> Option<Mention> {
        let (from, to) = around.gap;
        // `thấp hơn năm 2024 - 21,8 nghìn tỷ đồng`
        let dashed = |m: &&Mention| m.role == Role::Basis && m.end + 1 == to && self.tokens[m.end].is('-') && self.tokens[to].spaced;
        // `giảm so với quý I là 128 tỷ đồng`, behind a figure of the same kind
        let kind = |at: usize| self.unit_kind(&self.frame.quantities[at]);
        let same = around.previous.is_some_and(|at| self.frame.quantities.get(at + 1).is_some() && kind(at) == kind(at + 1));
        let equated = |m: &&Mention| same && m.role == Role::Basis && m.end + 1 == to && self.is_word(m.end, &['l', 'à']);
        if let Some(mention) = self.frame.mentions.iter().find(|m| dashed(m) || equated(m)) {
            return Some(*mention);
        }
        // `so với phiên trước, khi vàng ở mốc 40,9 triệu đồng/lượng`: when it is compared with
        // (`so với quý I khi chỉ đạt 42%` tells of the time itself)
        let tells = |at: usize| self.is_word(at, &['c', 'h', 'ỉ']) || matches!(self.frame.part(at), Part::Cue(_));
        let when = |m: &&Mention| {
            m.role == Role::Basis
                && m.start >= from
                && m.end < to
                && self.is_word(m.end, &['k', 'h', 'i'])
                && !tells(m.end + 1)
                && !(m.end..to).any(|at| self.is_joint(at, 1))
        };
        if let Some(mention) = self.frame.mentions.iter().find(when).filter(|_| self.frame.depth(from) == self.frame.depth(to)) {
            return Some(*mention);
        }
        let from = (from..to).rfind(|at| self.tokens[*at].is('(') && self.frame.depth(to) > 0).map_or(from, |at| at + 1);
        // (`so với năm 2022 (vượt 4% chỉ tiêu)` tells of the figure before the bracket)
        let cue_of = |classes: &'static [CueClass]| move |cue: &Cue| cue.start >= from && cue.end <= to && cue.classes.any(classes);
        let moves = self.frame.cues.iter().any(cue_of(&[CueClass::Up, CueClass::Down, CueClass::Exceed]));
        let listed = self.frame.cues.iter().any(cue_of(&[CueClass::Respectively]));
        // (`so với tháng 4 (-17,5%)` is the change itself)
        let signed = self
            .frame
            .quantities
            .iter()
            .any(|quantity| quantity.lead == to && quantity.negative && self.unit_kind(quantity) == Some(UnitKind::Percent));
        let mut bases = self.frame.mentions.iter().filter(|m| m.role == Role::Basis && self.tokens.get(m.end).is_some_and(|t| t.is('(')));
        // `cao hơn cùng kỳ (40,1% so với 38,4%)`: the first is the figure's own, the second that of the basis
        let weighs = |start: usize, end: usize| {
            let versus = |cue: &Cue| cue.start == start && cue.end <= end && cue.classes.has(CueClass::Basis);
            self.tokens.get(start).is_some_and(|token| token.is('/')) || self.frame.cues.iter().any(versus)
        };
        if let Some(before) = around.previous.filter(|_| self.frame.depth(to) > 0) {
            let before = &self.frame.quantities[before];
            return bases.find(|m| m.end < before.start && before.start <= m.end + 2 && weighs(before.end, to)).copied();
        }
        let pair = self.frame.quantities.iter().find(|next| next.start > to).is_some_and(|next| weighs(around.behind.0, next.start));
        if (to > from + 2 && !listed) || moves || signed || pair {
            return None;
        }
        bases.find(|m| m.end + 1 == from).copied()
    }

    pub(super) fn is_word(&self, at: usize, word: &[char]) -> bool {
        self.tokens.get(at).is_some_and(|token| &self.text.chars[token.start as usize..token.end as usize] == word)
    }

    /// Whether a mention stands behind the level that a change sets out from, which it dates alone (`từ 1,58% năm 2003 xuống 1,4%`).
    fn dates_from(&self, mention: &Mention) -> bool {
        self.frame.quantities.iter().any(|quantity| {
            let behind = quantity.end <= mention.start && mention.start <= quantity.end + 1;
            let from = |cue: &Cue| cue.end <= quantity.start && cue.end + 2 >= quantity.start && cue.classes.has(CueClass::From);
            behind && self.frame.cues.iter().any(from)
        })
    }

    /// Whether a mention dates the level that a later figure began from (`…, từ mức đỉnh hồi tháng 7/2023 là 83,1 nghìn tỷ đồng`).
    fn dates_start(&self, mention: &Mention) -> bool {
        let from = (self.frame.range.0..mention.start).rev().find(|at| self.is_joint(*at, 1)).map_or(self.frame.range.0, |at| at + 1);
        let led = self.frame.cues.iter().any(|cue| cue.start >= from && cue.end <= mention.start && cue.classes.has(CueClass::From));
        let next = self.frame.quantities.iter().find(|next| next.start >= mention.end);
        led && next.is_some_and(|next| !(mention.end..next.lead).any(|at| self.is_joint(at, 1)))
    }

    /// Whether a mention stands right behind the level that another is compared with (`2%, cao hơn mức 1,5% cuối năm 2024`).
    fn dates_basis(&self, mention: &Mention) -> bool {
        self.frame.quantities.iter().filter(|quantity| quantity.end == mention.start).any(|quantity| {
            self.frame.cues.iter().any(|cue| cue.end <= quantity.start && cue.end + 2 >= quantity.start && self.compares(cue, quantity))
        })
    }

    /// Whether a mention stands in a later item of a list, which it dates alone (`A 5 ha; B năm 2016 6 ha; C 7 ha`).
    pub(crate) fn is_of_item(&self, mention: &Mention) -> bool {
        let first = self.frame.quantities.first().map_or(mention.start, |quantity| quantity.end);
        self.has_semicolon(first, mention.start)
    }

    fn has_semicolon(&self, from: usize, to: usize) -> bool {
        (from..to).any(|at| self.tokens[at].is(';'))
    }

    /// Whether a mention dates a plan (`kế hoạch năm 2024`, `dự toán năm`).
    pub(super) fn is_of_plan(&self, mention: &Mention, from: usize) -> bool {
        let near = mention.start.saturating_sub(4).max(from);
        self.frame
            .cues
            .iter()
            .any(|c| c.start >= near && c.start < mention.start && c.classes.has(CueClass::Plan) && !c.classes.has(CueClass::Level))
            && (near..mention.start).all(|at| !self.tokens[at].is(','))
            // `Mục tiêu đặt ra năm 2017 đạt trên 80%`: the year of what is to be reached.
            && !self.frame.cues.iter().any(|c| c.start == mention.end && c.classes.any(&[CueClass::Level, CueClass::Reach]))
    }

    /// Whether a level holds when the change before it is compared with: in a bracket right behind its basis, or where the change
    /// sets out (`giảm một nửa so với cùng kỳ, từ 54 tỷ đồng xuống 27 tỷ đồng`).
    pub(super) fn is_earlier(&self, quantity: &Quantity, around: &Around, cue: Classes, near: Near<'_>) -> bool {
        // (`tăng 6% so với cùng kỳ (gồm: phi nhân thọ 72 tỷ đồng, …)`: parts hold when their total does)
        let parts = self.frame.cues.iter().any(|cue| cue.start == around.gap.0 && cue.classes.has(CueClass::Parts));
        let compared = |draft: &&Draft| matches!(draft.measure, Measure::Change | Measure::Difference | Measure::Multiple);
        let bracket = near
            .base
            .filter(|draft| compared(draft) && !parts)
            .is_some_and(|draft| matches!(draft.against, Some(Against::Mention(basis)) if basis.end + 1 == around.gap.0));
        // (`quý IV/2024 tăng 188% từ 25 tỷ lên 74 tỷ đồng`: a change of sums that says no more is that against the year before)
        let sums = |draft: &Draft| {
            draft.measure == Measure::Change
                && draft.against.is_none()
                && matches!(draft.topic.kind, None | Some(Kind::Flow | Kind::Balance))
        };
        let from = |draft: &&Draft| matches!(draft.against, Some(Against::Mention(_))) || sums(draft) && self.leads_to_level(quantity);
        let sets_out = near.previous.filter(compared).is_some_and(|draft| from(&draft));
        bracket || (sets_out && cue.has(CueClass::From))
    }

    /// Whether a level is the plan itself that the change before its bracket is measured against (`thấp hơn dự toán (399 tỷ đồng)`).
    ///
    /// Without a bracket it stands right behind the plan (`hoàn thành 26% kế hoạch 30.000 tỷ đồng`, `142% kế hoạch năm là 5.300 tỷ đồng`).
    pub(super) fn is_planned(&self, around: &Around, near: Near<'_>) -> bool {
        let base = near.base.filter(|draft| matches!(draft.measure, Measure::Change | Measure::Difference | Measure::Completion));
        let bracket = base.is_some_and(|draft| draft.against == Some(Against::Plan)) && around.previous.is_none();
        let (from, to) = around.gap;
        let plan = || self.frame.cues.iter().any(|cue| cue.start >= from && cue.end <= to && cue.classes.has(CueClass::Plan));
        let reached = near.previous.is_some_and(|draft| draft.measure == Measure::Completion);
        // (`đạt 61,2% kế hoạch (năm 2012 đạt 58,4%)` is no plan)
        let part = base.is_some_and(|draft| draft.measure == Measure::Completion)
            && around.behind.0 > 0
            && self.tokens[around.behind.0 - 1].is('%');
        // (`đạt 65% kế hoạch với 38.923 tỷ đồng`: what that share came to)
        let with = || to > from && self.is_word(to - 1, &['v', 'ớ', 'i']);
        (bracket && !part) || (reached && plan() && !with() && !(from..to).any(|at| self.is_joint(at, 1)))
    }

    /// Whether a level is the plan behind what has been reached of it (`mới hoàn thành 1,4% so với kế hoạch lãi 150 tỷ đồng`).
    pub(super) fn is_the_plan(&self, around: &Around, cue: Classes, near: Near<'_>) -> bool {
        let (from, to) = around.gap;
        let against = |cue: &Cue| cue.start == from && cue.end <= to && cue.classes.has(CueClass::Plan) && cue.classes.has(CueClass::Basis);
        near.previous.is_some_and(|draft| draft.measure == Measure::Completion)
            && !cue.any(&[CueClass::Level, CueClass::Reach, CueClass::Up, CueClass::Down])
            && self.frame.cues.iter().any(against)
            && !(from..to).any(|at| self.is_joint(at, 1))
    }

    pub(super) fn against(&self, around: &Around, measured: Measure, evidence: &Evidence) -> Option<Against> {
        let moves = evidence.cue.any(&[CueClass::Exceed, CueClass::Up, CueClass::Down]);
        if measured == Measure::Completion || evidence.against_plan || (evidence.plan_behind && moves) {
            return Some(Against::Plan);
        }
        if !matches!(measured, Measure::Change | Measure::Difference | Measure::Multiple) {
            return None;
        }
        let mentions = &self.frame.mentions;
        let is_basis = |m: &&Mention| m.role == Role::Basis && m.expr != Expr::Vague;
        let behind = mentions.iter().filter(|m| m.start >= around.behind.0 && m.end <= around.behind.1);
        let found = behind.clone().find(is_basis).or_else(|| {
            // `tăng 5% cùng kỳ`, `gấp 1,8 lần năm 2020`
            behind.clone().find(|m| matches!(m.expr, Expr::Same(_)) || (measured == Measure::Multiple && m.start <= around.behind.0 + 1))
        });
        // `tăng 4,5% (tương ứng tăng hơn 22 tỷ USD) so với cùng kỳ năm 2019`: the bracket stands in between.
        let bracket = || {
            let open = Some(around.behind.0).filter(|at| self.tokens.get(*at).is_some_and(|token| token.is('(')))?;
            let close =
                (open..self.frame.range.1).find(|at| self.tokens[*at].is(')') && self.frame.depth(*at) <= self.frame.depth(open))?;
            mentions.iter().find(|m| is_basis(m) && m.start > close && (close + 1..m.start).all(|at| !self.is_joint(at, 0)))
        };
        found
            .or_else(bracket)
            .or_else(|| mentions.iter().filter(is_basis).rfind(|m| m.start >= around.gap.0 && m.end <= around.gap.1))
            .map(|m| Against::Mention(*m))
    }

    pub(super) fn place(&self, around: &Around, previous: Option<&Draft>, measured: Measure) -> (Option<usize>, Found) {
        let places = &self.frame.places;
        // (`cao hơn giá vàng thế giới 4,3 triệu đồng` does not hold in the world)
        let compared = |p: &Place| {
            // (`cao hơn 16 USD/tấn so với gạo cùng loại của Thái Lan`)
            let reach = if p.abroad { 8 } else { 4 };
            let parted = |at: usize| self.is_joint(at, 1) || matches!(self.frame.part(at), Part::Quantity(_));
            let basis = |cue: &Cue| {
                cue.end <= p.start
                    && cue.end + reach > p.start
                    && cue.classes.has(CueClass::Basis)
                    && !(cue.end + 4 <= p.start && (cue.end..p.start).any(parted))
            };
            self.frame.cues.iter().any(basis)
        };
        let inside = |range: (usize, usize)| move |p: &Place| p.start >= range.0 && p.end <= range.1 && !compared(p);
        let own = places.iter().rposition(inside(around.clause));
        // `90% tại Hà Nội, 95% tại Bắc Ninh`: a place right behind a figure is that figure's.
        // (behind a multiple stands what it is measured by: `gấp 2 lần bình quân cả nước`)
        // (`Tại Hà Nội giá đạt 129 USD và Bắc Ninh đạt 95 USD`: behind `và` the next one's begins;
        // `đạt 92% chỉ tiêu Bộ Tài chính giao`: who sets a goal is no place)
        let next = self.frame.quantities.iter().any(|quantity| quantity.start >= around.behind.1);
        let later = |p: &Place| next && (around.behind.0..p.start).any(|at| self.is_and(at) && at + 3 > p.start || self.is_then(at));
        let behind = places.iter().position(|p| inside(around.behind)(p) && !p.office && !later(p));
        let behind = behind.filter(|_| measured != Measure::Multiple);
        let before = places.iter().rposition(inside(around.gap));
        let first_clause = (around.gap.0, (around.gap.0..around.gap.1).find(|at| self.is_joint(*at, 1)).unwrap_or(around.gap.1));
        let taken = |at: &usize| around.previous.is_some() && inside(first_clause)(&places[*at]);
        // `giảm ở Thái Nguyên (-0,6%) và Bình Định (-0,5%)`: a place right before the bracket of a figure is that figure's.
        let bracketed = |at: &usize| {
            let (from, to) = (places[*at].end, around.gap.1);
            from < to && self.tokens[from].is('(') && (from..to).all(|at| !self.tokens[at].is_word())
        };
        // `tại Hà Nội chỉ là 0,55% thì ở TP.HCM lên tới 0,65%`
        let then = |at: &usize| (around.gap.0..places[*at].start).any(|at| self.is_then(at));
        let taken = |at: &usize| taken(at) && !bracketed(at) && !then(at);
        // `… là Thái Nguyên (-0,6%) và Bình Định (-0,5%)`: the bracket that a figure stands in.
        let bracket = self.bracket(around).and_then(|open| places.iter().position(|p| p.end == open && !compared(p)));
        if let Some(at) = bracket.filter(|_| own.is_none_or(|own| places[own].end <= around.gap.0)) {
            return (Some(at), Found::Clause);
        }
        if let Some(at) = own.filter(|at| !taken(at)).or(behind).or(before.filter(|at| !taken(at))) {
            // `chênh lệch giữa giá vàng trong nước và thế giới`: what stands between the two is the country's.
            let is = |at: usize, id: &str| self.known.regions.all()[places[at].region as usize].id == id;
            let home =
                || (0..at).rfind(|home| is(*home, "VN") && inside(around.gap)(&places[*home]) && places[*home].end + 6 > places[at].start);
            let at = Some(at).filter(|at| is(*at, "world")).and_then(|_| home()).unwrap_or(at);
            return (Some(at), Found::Clause);
        }
        if let Some(draft) = previous.filter(|draft| draft.place.is_some()) {
            return (draft.place, Found::Sentence);
        }
        (None, Found::Nowhere)
    }

    /// The mark that opens the bracket in which a figure stands.
    fn bracket(&self, around: &Around) -> Option<usize> {
        let (from, to) = (self.frame.range.0, around.gap.1);
        let depth = self.frame.depth(to.min(self.frame.range.1 - 1));
        let open = (from..to).rev().find(|at| self.tokens[*at].is('(') && self.frame.depth(*at) <= depth)?;
        (depth > 0 && !(open..to).any(|at| self.tokens[at].is(')'))).then_some(open)
    }

    /// Whether words of tokens `from..to` point to the country abroad that was named last (`nước này`).
    pub(super) fn points_abroad(&self, from: usize, to: usize) -> bool {
        (from..to).any(|at| self.hits.at(at).iter().any(|hit| hit.mark == Mark::There))
    }

    /// Whether the sentence counts provinces that it does not name (`12 tỉnh, thành phố`).
    pub(super) fn counts_provinces(&self) -> bool {
        self.frame.quantities.iter().any(|quantity| {
            let token = self.tokens.get(quantity.unit.0);
            let word = token.map(|token| &self.text.chars[token.start as usize..token.end as usize]);
            quantity.measured == Measured::Things
                && quantity.value > Decimal::TWO
                && word.is_some_and(|word| word == ['t', 'ỉ', 'n', 'h'])
                && self.frame.places.is_empty()
        })
    }

    /// Whether a token is `thì`, behind which another is told of.
    fn is_then(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        matches!(self.text.chars[token.start as usize..token.end as usize], ['t', 'h', 'ì'])
    }

    /// What a forecast or plan sets out from, or is compared with, has happened
    /// (`sẽ tăng từ 10% lên 15%`, `dự báo tăng 4%, cao hơn mức 3,2% của năm 2012`).
    pub(super) fn settle_starts(&self, drafts: &mut [Draft]) {
        // (`từ 893.085 cổ phiếu, chiếm 0,09% xuống còn …`: what describes the start belongs to it)
        let mut starting = false;
        for draft in drafts.iter_mut().filter(|draft| !draft.planned) {
            let quantity = &self.frame.quantities[draft.quantity];
            let around = self.around(draft.quantity);
            // (in a plan that is revised both are goals: `chỉ tiêu doanh thu được điều chỉnh từ 11 lên 13 tỷ đồng`)
            let plan = |cue: &Cue| cue.start >= around.clause.0 && cue.end <= around.clause.1 && cue.classes.has(CueClass::Plan);
            let sets_out = draft.cue.has(CueClass::From)
                && !draft.cue.any(&[CueClass::Up, CueClass::Down])
                && quantity.high.is_none()
                && self.leads_to_level(quantity)
                && !self.frame.cues.iter().any(plan);
            starting = sets_out || starting && draft.cue.has(CueClass::Share);
            // (`cao hơn dự báo 3%` names what was expected)
            let said =
                |at: usize| self.hits.at(at).iter().any(|hit| matches!(hit.mark, Mark::Status(Status::Forecast | Status::Target, _)));
            // (`tương đương với 57 tàu bay` is the same amount)
            let equals = |at: usize| self.hits.at(at).iter().any(|hit| hit.mark == Mark::Cue(CueClass::Equal));
            let near = around.gap.1.saturating_sub(4).max(around.gap.0);
            // (`chỉ tăng 2,4%, thấp hơn dự báo 2,5%`)
            if draft.basis && (near..around.gap.1).any(said) {
                let expected = (near..around.gap.1).rev().flat_map(|at| self.hits.at(at)).find_map(|hit| match hit.mark {
                    Mark::Status(status @ (Status::Forecast | Status::Target), _) => Some(status),
                    _ => None,
                });
                draft.status = expected.unwrap_or(draft.status);
                continue;
            }
            if starting || draft.basis && !(near..around.gap.1).any(|at| said(at) || equals(at)) {
                draft.status = Status::Actual;
            }
        }
    }

    /// Whether one of the next two figures is the level that a change leads to.
    fn leads_to_level(&self, quantity: &Quantity) -> bool {
        let next = self.frame.quantities.iter().filter(|next| next.start >= quantity.end).take(2);
        let reached = |next: &Quantity| {
            let near = next.lead.saturating_sub(2).max(quantity.end);
            self.frame.cues.iter().any(|cue| cue.start >= near && cue.end <= next.start && cue.classes.has(CueClass::Reach))
        };
        next.into_iter().any(reached)
    }

    /// The status word nearest before a figure since the last one.
    pub(super) fn status(&self, around: &Around) -> Status {
        // Behind a figure its own complement comes first (`53% dự toán, giảm 16%`): the status begins at the joint.
        let from = match around.previous {
            Some(_) => (around.gap.0..around.gap.1).find(|at| self.is_joint(*at, 1)).unwrap_or(around.gap.0),
            // A bracket with a time of its own speaks of an earlier figure.
            None if around.base.is_some()
                && self.frame.mentions.iter().any(|m| m.role == Role::Own && m.start >= around.gap.0 && m.end <= around.gap.1) =>
            {
                return Status::Actual;
            }
            None => self.frame.range.0,
        };
        let mut found = None;
        // `hoàn tất 75% dự báo 2025 và …`: what a part is of says nothing of the figures behind.
        let whole = |at: usize| {
            let part = |quantity: &Quantity| quantity.end == at && self.unit_kind(quantity) == Some(UnitKind::Percent);
            self.frame.quantities.iter().any(part)
        };
        for at in (from..around.gap.1).rev().filter(|at| self.hits.has(*at, kind::STATUS) && !whole(*at)) {
            let status = self.hits.at(at).iter().find_map(|hit| match hit.mark {
                Mark::Status(status, reach) if hit.end as usize <= around.gap.1 && (reach == Reach::Sentence || at >= around.clause.0) => {
                    Some((status, hit.end as usize))
                }
                _ => None,
            });
            // Inside a name a word of planning says nothing (`kế hoạch vốn đầu tư`).
            let named = self.frame.names.iter().any(|name| name.what != What::Anaphor && name.start < at && at < name.end);
            let status = status.filter(|_| !named);
            if let Some((status, end)) = status {
                // A longer reading that begins earlier hides this one (`so với kế hoạch` hides `kế hoạch`).
                let hidden = (at.saturating_sub(4).max(self.frame.range.0)..at)
                    .any(|i| self.hits.at(i).iter().any(|hit| matches!(hit.mark, Mark::Status(..)) && hit.end as usize >= end && i < at));
                // `Theo kế hoạch, tỉnh sẽ gieo cấy 175.500 ha`: beside a word of goals `sẽ` only says when.
                if !hidden && status == Status::Forecast && self.is_beside_goal((at, end), from, around.clause.0) {
                    found = Some(Status::Target);
                    break;
                }
                if !hidden {
                    found = Some(status);
                    break;
                }
            }
        }
        // `Trong đó …` splits what stood before, with its status.
        let listed = self.listed.map_or(Status::Actual, |(status, _)| status);
        found.unwrap_or(if self.splits() { self.before_status } else { listed })
    }

    /// Whether a word that goes before a verb (`sẽ`) stands behind a word of goals; a longer one (`dự kiến`) in its own clause.
    fn is_beside_goal(&self, word: (usize, usize), from: usize, clause: usize) -> bool {
        let auxiliary = |cue: &Cue| (cue.start, cue.end) == word && cue.classes.has(CueClass::Auxiliary);
        let from = if word.1 == word.0 + 1 { from } else { clause };
        self.frame.cues.iter().any(auxiliary) && self.has_goal(from, word.0)
    }

    /// Whether the nearest word of firmness before a token is one of goals (`mục tiêu đến năm 2030 sẽ có …`).
    fn has_goal(&self, from: usize, to: usize) -> bool {
        let (mut at, mut last) = (from, None);
        while at < to {
            let hit = self.hits.at(at).iter().find_map(|hit| match hit.mark {
                Mark::Status(status, _) if hit.end as usize <= to => Some((status, hit.end as usize)),
                _ => None,
            });
            (last, at) = hit.map_or((last, at + 1), |(status, end)| (Some(status), end));
        }
        last == Some(Status::Target)
    }

    /// Whether the sentence opens with a word that splits what stood before it into parts (`Trong đó`).
    pub(crate) fn splits(&self) -> bool {
        self.frame.cues.iter().any(|cue| cue.start <= self.frame.range.0 + 1 && cue.classes.has(CueClass::Parts))
    }
}
