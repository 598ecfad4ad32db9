//! Which of the times of a sentence is that of a figure, and which the one that it is compared with.

use knowledge::{CueClass, TimeUnit, UnitKind};
use model::{Measure, Status};

use super::around::Around;
use super::{Against, Draft, Found, Sentence};
use crate::frame::{Cue, Part};
use crate::mark::{Mark, Particle, TimeWord};
use crate::measure::Evidence;
use crate::period::{Expr, Mention, Role, YearRef};
use crate::quantity::Quantity;

/// Tokens from what befell a project to its day.
const EVENT_APART: usize = 6;

/// The search for the time of a figure.
struct When<'a, 's> {
    sentence: &'a Sentence<'s>,
    around: &'a Around,
    /// What the figure is compared with.
    against: Option<Against>,
    /// Whether it is itself what another is compared with.
    basis: bool,
}

impl When<'_, '_> {
    /// The times that can be a figure's own, in order.
    fn own(&self) -> impl DoubleEndedIterator<Item = &Mention> + Clone {
        let own = |m: &&Mention| m.role == Role::Own && m.expr != Expr::Vague && self.against != Some(Against::Mention(**m));
        self.sentence.frame.mentions.iter().filter(own)
    }

    /// The time of a figure's own clause.
    fn of_clause(&self) -> Option<Mention> {
        // `giảm nhẹ so với đầu năm (13.663 tỷ đồng)`: a level in a bracket behind a basis is that of the basis.
        let basis = self.sentence.basis_before_bracket(self.around);
        basis.or_else(|| self.bracketed()).or_else(|| self.of_it()).or_else(|| self.nearest())
    }

    /// `4.517 doanh nghiệp (năm 2012)`: a bracket with nothing else.
    fn bracketed(&self) -> Option<Mention> {
        let (from, tokens) = (self.around.behind.0, self.sentence.tokens);
        let opens = from > 0 && tokens.get(from).is_some_and(|t| t.is('('));
        let fills = |m: &&Mention| m.start == from + 1 && tokens.get(m.end).is_some_and(|t| t.is(')'));
        self.own().find(fills).filter(|_| opens).copied()
    }

    /// `mục tiêu 12% của cả năm 2013`, `mức lỗ 2.727 tỷ đồng của năm trước`: nothing stands nearer than what the figure is of.
    fn of_it(&self) -> Option<Mention> {
        let from = self.around.behind.0;
        let of = |end: usize| self.sentence.hits.spans((from, end), Mark::Time(TimeWord::Of));
        let floats = |m: &Mention| match m.expr {
            Expr::WholeYear | Expr::Now | Expr::YearToDate | Expr::Relative(_, 0) => true,
            // (`lãi 1.703 tỷ đồng của cùng kỳ năm trước`, but `tăng 5% của cùng kỳ` is compared, unless it is compared with itself)
            Expr::Same(_) => !self.basis && from > 0 && self.sentence.tokens[from - 1].is('%'),
            _ => false,
        };
        self.own().find(|m| m.start == from + 1 && of(m.start) && !floats(m)).copied()
    }

    /// The one of its clause before it, else the one behind it, else one of an earlier clause.
    fn nearest(&self) -> Option<Mention> {
        let (before, behind) = (self.before(), self.behind());
        // (`đỉnh của năm 2022 là 1.536 điểm ngày 10/1/2022`, `tệ nhất năm 2025 với mức giảm 17% kể từ đầu năm`)
        if let (Some(before), Some(behind)) = (before, behind)
            && behind.start == self.around.behind.0
            && is_finer(behind.expr, before.expr)
        {
            return Some(behind);
        }
        let clause = before.filter(|m| m.start >= self.around.clause.0 && !self.is_taken(m));
        let near = clause.filter(|m| !self.is_of_telling(m) || behind.is_none_or(|behind| behind.start > self.around.behind.0 + 1));
        near.or(behind).or_else(|| before.filter(|m| !(self.is_taken(m) && matches!(m.expr, Expr::Same(_)))))
    }

    /// The one right behind it (`16 tỷ USD năm 2020`); behind a plan it is the plan's year.
    fn behind(&self) -> Option<Mention> {
        let (from, to) = self.around.behind;
        let plan = self.sentence.frame.cues.iter().find(|c| c.start >= from && c.end <= to && c.classes.has(CueClass::Plan));
        let to = plan.map_or(to, |cue| cue.start);
        let mention = self.own().find(|m| m.start >= from && m.end <= to && !self.is_of_cause(m)).copied();
        let mention = mention.filter(|m| !self.is_of_next(m) && !self.is_of_event(m));
        // (`so với mức 500 triệu USD cùng kỳ năm trước` dates the level)
        let mention = mention.filter(|m| !matches!(m.expr, Expr::Same(_)) || (self.basis && self.sentence.is_right_behind(from, m.start)));
        // (`hoàn thành 18% và 17% dự báo cả năm`: the year of what is completed)
        mention.filter(|m| !self.is_of_whole_plan(m))
    }

    /// Whether it is the year of the plan of which a part has been completed.
    fn is_of_whole_plan(&self, mention: &Mention) -> bool {
        let from = self.around.behind.0;
        let completed = self.against == Some(Against::Plan) && from > 0 && self.sentence.tokens[from - 1].is('%');
        completed && matches!(mention.expr, Expr::WholeYear | Expr::Year(_) | Expr::Relative(TimeUnit::Year, _))
    }

    /// The last one before it since the figure before, and what that stands for.
    fn before(&self) -> Option<Mention> {
        let (sentence, gap) = (self.sentence, self.around.gap);
        // (a goal is the plan's own figure)
        let goal = self.is_goal();
        // (`xấp xỉ con số cùng kỳ năm trước; A giảm còn 5 tỷ đồng`)
        let parted = |m: &Mention| matches!(m.expr, Expr::Same(_)) && sentence.has_semicolon(m.end, gap.1);
        let inside = |m: &&Mention| {
            m.start >= gap.0 && m.end <= gap.1 && (goal || !sentence.is_of_plan(m, gap.0)) && !sentence.dates_from(m) && !parted(m)
        };
        // (`phiên ngày 28/5 (rạng sáng 29/5), giá vàng chốt ở mức …`: what stands in a bracket comes last)
        let level = |m: &&Mention| sentence.frame.depth(m.start) <= sentence.frame.depth(gap.1);
        let mention = self.own().filter(inside).rfind(level).or_else(|| self.own().rfind(inside))?;
        let fuller = match mention.expr {
            // `Ngày 27/5 … chốt phiên ở mức …`: the session is that of the day that the sentence names.
            Expr::Relative(TimeUnit::Day, 0) => {
                self.own().find(|day| matches!(day.expr, Expr::Day(..)) && !day.until && day.end <= mention.start)
            }
            // `tính đến 23/3/2025, giải ngân vốn đầu tư công năm 2025 đạt 2,6% kế hoạch`: the year is that of what is counted.
            Expr::Year(YearRef::Named(year)) if !goal => self
                .own()
                .rfind(|until| until.until && until.start >= gap.0 && until.end <= mention.start && counts_within(until.expr, year)),
            // `lũy kế đến cuối tháng 11/2024, Nhật Bản hiện có 5.473 dự án`
            Expr::Now => self.own().rfind(|until| until.until && until.start >= gap.0 && until.end <= mention.start),
            _ => None,
        };
        Some(*fuller.unwrap_or(mention))
    }

    /// Whether it stands right behind the figure before, whose it is.
    fn is_taken(&self, mention: &Mention) -> bool {
        let (sentence, from) = (self.sentence, self.around.gap.0);
        let near = |at: usize| {
            matches!(sentence.frame.part(at), Part::Light | Part::Noun | Part::Name(_))
                || matches!(sentence.frame.part(at), Part::Cue(cue) if sentence.frame.cues[cue as usize].classes.has(CueClass::Function))
        };
        let basis = matches!(mention.expr, Expr::Same(_)) && !(from..mention.start).any(|at| sentence.is_joint(at, 1));
        self.around.previous.is_some() && (basis || (from..mention.start).all(near))
    }

    /// Whether it only says when something is told of, so that what dates the figure itself comes first: `tình hình hiện tại tăng từ
    /// 40% của quý trước`, `dự báo cuối tháng 8 cho biết GDP sẽ tăng 6,1% vào năm 2024`.
    fn is_of_telling(&self, mention: &Mention) -> bool {
        let sentence = self.sentence;
        let told = |at: usize| sentence.hits.says(at, Particle::Tells);
        matches!(mention.expr, Expr::Now | Expr::Coming(..)) || (mention.end..self.around.gap.1).any(told)
    }

    /// Whether the time of the figure before goes on.
    fn goes_on(&self, previous: &Draft) -> bool {
        let sentence = self.sentence;
        let reaches = |m: &Mention| !(sentence.is_of_item(m) && sentence.has_semicolon(m.end, self.around.gap.1));
        // (`từ 47% cùng kỳ năm trước xuống 43,1%`, `so với đầu năm (13.663 tỷ đồng)`: what dates an earlier level dates that alone)
        let earlier = |m: &Mention| {
            m.role == Role::Basis || previous.cue.has(CueClass::From) && matches!(m.expr, Expr::Same(_)) || sentence.dates_from(m)
        };
        previous.mention.as_ref().is_some_and(|m| reaches(m) && !earlier(m))
    }

    /// What the rest of the sentence says, before the figure or behind it.
    fn of_sentence(&self) -> Option<Mention> {
        let (sentence, around) = (self.sentence, self.around);
        // (what stands in a bracket dates the figures of the bracket)
        let level = |m: &&Mention| sentence.frame.depth(m.start) <= sentence.frame.depth(around.gap.1);
        let reaches = |m: &Mention| !(sentence.is_of_item(m) && sentence.has_semicolon(m.end, around.gap.1));
        let same_span = |m: &Mention| matches!(m.expr, Expr::Same(_)) && m.start > sentence.frame.range.0 + 2;
        let first = |m: &&Mention| m.end <= around.gap.0 && !same_span(m) && reaches(m) && !sentence.dates_from(m);
        let later = |m: &&Mention| {
            m.start >= around.behind.0
                && !matches!(m.expr, Expr::Same(_))
                && !m.is_before()
                && !self.is_of_next(m)
                && !self.is_of_event(m)
                && !self.is_compared(m)
                && !self.is_of_cause(m)
                && !sentence.dates_basis(m)
                && !sentence.is_of_plan(m, around.behind.0)
                && !(self.is_of_whole_plan(m) && m.end <= around.behind.1 && !self.is_goal())
                && !sentence.dates_start(m)
                && !sentence.parts_items(around.behind.0, m.start)
        };
        let own = || self.own().filter(level);
        own().find(first).or_else(|| own().find(later)).copied()
    }

    /// Whether it dates why a figure came about, which is told with a move or a figure of its own (`giảm 0,24% do giá xăng giảm từ ngày
    /// 7/10`); behind a name stands who did it (`do Kho bạc phát hành năm 2012`).
    fn is_of_cause(&self, mention: &Mention) -> bool {
        let (sentence, from) = (self.sentence, self.around.behind.0);
        let cause = (from..mention.start).find(|at| {
            sentence.hits.says(*at, Particle::Cause) && sentence.tokens.get(at + 1).is_some_and(|next| next.is_word() && !next.capital)
        });
        let told = |from: usize| {
            let moves = |cue: &Cue| cue.start >= from && cue.end <= mention.start && cue.classes.any(&[CueClass::Up, CueClass::Down]);
            let counted = |quantity: &Quantity| quantity.start >= from && quantity.end <= mention.start;
            sentence.frame.cues.iter().any(moves) || sentence.frame.quantities.iter().any(counted)
        };
        cause.is_some_and(told)
    }

    /// Whether it opens the clause of a later figure (`bán 2 triệu cổ phiếu và ngày 12/5 bán tiếp 1 triệu cổ phiếu`).
    fn is_of_next(&self, mention: &Mention) -> bool {
        let (sentence, from) = (self.sentence, self.around.behind.0);
        let near = mention.start.saturating_sub(2).max(from);
        let next = || sentence.frame.quantities.iter().any(|quantity| quantity.start >= mention.end);
        // (`trong tuần trước và tuần này` are one time)
        let joins = |at: usize| sentence.is_and(at) && !sentence.frame.mentions.iter().any(|other| other.end == at);
        (near..mention.start).any(joins) && next()
    }

    fn is_goal(&self) -> bool {
        matches!(self.sentence.status(self.around), Status::Target | Status::Forecast)
    }

    /// Whether it dates what befell the project that the figure is of, which is told behind a comma or `và` (`tổng vốn 30 tỷ đồng, khởi công
    /// ngày 25/2`).
    fn is_of_event(&self, mention: &Mention) -> bool {
        let (sentence, from) = (self.sentence, self.around.behind.0);
        let near = mention.start.saturating_sub(EVENT_APART).max(from)..mention.start;
        let told = |at: usize| sentence.hits.says(at, Particle::Event) && (from..at).any(|at| sentence.is_joint(at, 1));
        // (`mục tiêu di dời 6.500 căn nhà, hoàn tất trước ngày 30/4`: a goal is one of the day on which it is to be reached)
        near.into_iter().any(told) && !self.is_goal()
    }

    /// Whether it stands behind a word of comparison, and so dates what the figure is compared with.
    fn is_compared(&self, mention: &Mention) -> bool {
        let (from, to) = self.around.behind;
        let compares = |cue: &Cue| {
            cue.start >= from
                && cue.end <= to
                && cue.end <= mention.start
                && cue.classes.has(CueClass::Basis)
                && !(cue.end..mention.start).any(|at| self.sentence.is_joint(at, 1))
        };
        self.sentence.frame.cues.iter().any(compares)
    }
}

/// Whether a time says more exactly when than a year before it.
fn is_finer(time: Expr, year: Expr) -> bool {
    let of_year = |year: i16| time.year() == Some(year) && time != Expr::Year(YearRef::Named(year));
    match year {
        Expr::Year(YearRef::Named(year)) => of_year(year) || time == Expr::YearToDate,
        Expr::Relative(TimeUnit::Year, 0) => time == Expr::YearToDate,
        _ => false,
    }
}

/// Whether a moment up to which something is counted can lie in a year.
fn counts_within(until: Expr, year: i16) -> bool {
    match until {
        Expr::Day(_, Some(_), of) | Expr::Month(_, of) | Expr::PartOfMonth(_, of) | Expr::MiddleOfMonth(_, of) => {
            of == YearRef::Unstated || of == YearRef::Named(year)
        }
        _ => false,
    }
}

impl Sentence<'_> {
    /// The time of a figure, and where it stands; `previous` is the figure before it, `basis` says that another is compared with it.
    pub(super) fn mention(
        &self,
        around: &Around,
        previous: Option<&Draft>,
        against: Option<Against>,
        basis: bool,
    ) -> (Option<Mention>, Found) {
        let when = When { sentence: self, around, against, basis };
        if let Some(mention) = when.of_clause() {
            return (Some(mention), Found::Clause);
        }
        if let Some(draft) = previous.filter(|draft| when.goes_on(draft)) {
            return (draft.mention, Found::Sentence);
        }
        match when.of_sentence() {
            Some(mention) => (Some(mention), Found::Sentence),
            None => (None, Found::Nowhere),
        }
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
            // `bằng 127% tổng lợi nhuận của cả năm 2019`: a multiple is one of what stands behind it, and of its time
            let of_it = |m: &Mention| m.start <= around.behind.0 + 1 || (around.behind.0..m.start).any(|at| self.is_noun(at));
            // (`thấp hơn mức tăng 9% của cùng kỳ năm 2019` is of that time)
            let noun = evidence.cue.has(CueClass::Growth) && !moves;
            let dated = |m: &Mention| noun && self.hits.spans((around.behind.0, m.start), Mark::Time(TimeWord::Of));
            behind.clone().filter(|m| !dated(m)).find(|m| matches!(m.expr, Expr::Same(_)) || (measured == Measure::Multiple && of_it(m)))
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

    /// Whether a token is a noun that a figure could be of.
    fn is_noun(&self, at: usize) -> bool {
        matches!(self.frame.part(at), Part::Noun | Part::Name(_))
    }

    /// The basis right before the bracket in which a level stands alone.
    fn basis_before_bracket(&self, around: &Around) -> Option<Mention> {
        // (most sentences compare with none)
        if !self.frame.mentions.iter().any(|m| m.role == Role::Basis) {
            return None;
        }
        let (from, to) = around.gap;
        // `thấp hơn năm 2024 - 21,8 nghìn tỷ đồng`
        let dashed = |m: &&Mention| m.role == Role::Basis && m.end + 1 == to && self.tokens[m.end].is('-') && self.tokens[to].spaced;
        // `giảm so với quý I là 128 tỷ đồng`, behind a figure of the same kind
        let kind = |at: usize| self.unit_kind(&self.frame.quantities[at]);
        let same = around.previous.is_some_and(|at| self.frame.quantities.get(at + 1).is_some() && kind(at) == kind(at + 1));
        let equated = |m: &&Mention| same && m.role == Role::Basis && m.end + 1 == to && self.hits.says(m.end, Particle::Is);
        // `giảm 10% so với đầu năm 10.404 tỷ đồng`: a sum right behind the time that a change is compared with
        let sum = around.previous.is_some_and(|at| {
            let next = self.frame.quantities.get(at + 1).and_then(|next| self.unit_kind(next));
            next == Some(UnitKind::Money) && kind(at) == Some(UnitKind::Percent)
        });
        let direct = |m: &&Mention| sum && m.role == Role::Basis && m.end == to && m.start > from;
        if let Some(mention) = self.frame.mentions.iter().find(|m| dashed(m) || equated(m) || direct(m)) {
            return Some(*mention);
        }
        // `so với phiên trước, khi vàng ở mốc 40,9 triệu đồng/lượng`: when it is compared with
        // (`so với quý I khi chỉ đạt 42%` tells of the time itself)
        let tells = |at: usize| self.hits.says(at, Particle::Only) || matches!(self.frame.part(at), Part::Cue(_));
        let when = |m: &&Mention| {
            m.role == Role::Basis
                && m.start >= from
                && m.end < to
                && self.hits.says(m.end, Particle::When)
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
        // `so với doanh thu và lợi nhuận năm 2012 (lần lượt là 726 tỷ đồng và 162 tỷ đồng)`
        let in_turn = |open: &usize| {
            let listed = |cue: &Cue| cue.start == open + 1 && cue.classes.has(CueClass::Respectively);
            self.tokens[*open].is('(') && self.frame.cues.iter().any(listed)
        };
        let open = (self.frame.range.0..to).rfind(|at| self.tokens[*at].is('(') || self.tokens[*at].is(')')).filter(in_turn);
        if let Some(open) = open {
            return bases.find(|m| m.end == open).copied();
        }
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

    /// Whether a mention stands right behind the level that another is compared with (`2%, cao hơn mức 1,5% cuối năm 2024`, `so với 2,8% vào
    /// đầu năm hay 2,9% vào cuối năm trước`).
    pub(crate) fn dates_basis(&self, mention: &Mention) -> bool {
        let behind = |end: usize, start: usize| {
            let preposition = || start == end + 1 && self.hits.is(end, Mark::Cue(CueClass::Function)) && !self.is_joint(end, 1);
            end <= start && (self.is_right_behind(end, start) || preposition())
        };
        let own = |other: &&Mention| other.role == Role::Own;
        let mut compared = None;
        for quantity in &self.frame.quantities {
            let Some(dated) = self.frame.mentions.iter().filter(own).find(|other| behind(quantity.end, other.start)) else { continue };
            let led = |cue: &Cue| cue.end <= quantity.start && cue.end + 2 >= quantity.start && self.compares(cue, quantity);
            let joins = |at: usize| self.is_and(at) || self.hits.says(at, Particle::Or);
            let next = |end: usize| quantity.lead == end + 1 && joins(end);
            if !(compared.is_some_and(next) || self.frame.cues.iter().any(led)) {
                continue;
            }
            if dated == mention {
                return true;
            }
            compared = Some(dated.end);
        }
        false
    }

    /// Whether nothing but the noun of a figure stands between it and a time (`so với mức 50,9 Mbps năm 2024`).
    fn is_right_behind(&self, end: usize, start: usize) -> bool {
        start <= end + 3 && (end..start).all(|at| self.is_noun(at) || self.tokens[at].capital)
    }

    /// Whether the same span of another year stands right behind a figure, as its own time.
    pub(super) fn is_own(&self, against: &Against, around: &Around) -> bool {
        let end = around.behind.0;
        let right_behind = |m: &Mention| matches!(m.expr, Expr::Same(_)) && m.start >= end && self.is_right_behind(end, m.start);
        matches!(against, Against::Mention(mention) if right_behind(mention))
    }

    /// Whether a mention stands in a later item of a list, which it dates alone (`A 5 ha; B năm 2016 6 ha; C 7 ha`).
    pub(crate) fn is_of_item(&self, mention: &Mention) -> bool {
        let first = self.frame.quantities.first().map_or(mention.start, |quantity| quantity.end);
        self.has_semicolon(first, mention.start)
    }

    /// Whether a semicolon between two tokens parts more than bare figures of one list (`58%; 63%; và 69% vào năm 2020`).
    fn parts_items(&self, from: usize, to: usize) -> bool {
        let bare = |at: usize| {
            let before = self.frame.quantities.iter().rfind(|quantity| quantity.end <= at);
            let next = self.frame.quantities.iter().find(|quantity| quantity.lead > at);
            let between = before.zip(next).map(|(before, next)| before.end..next.lead);
            between.is_some_and(|mut between| between.all(|at| matches!(self.frame.part(at), Part::Mark) || self.is_and(at)))
        };
        (from..to).any(|at| self.tokens[at].is(';') && !bare(at))
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
}
