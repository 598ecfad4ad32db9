//! When and where each figure of a sentence holds: from its own words, from the figures before it and from the text before.

use knowledge::{CueClass, Kind, TimeUnit};
use model::{ComparedWith, Measure, Period, PeriodFrom, Status};

use crate::context::Context;
use crate::dating::{Dating, is_within_a_year};
use crate::frame::Frame;
use crate::period::{self, Anchor, Expr, Mention, Role, YearRef};
use crate::reader::Grammar;
use crate::setting::{Setting, anchor};
use crate::statement::{Against, Draft, Found};

/// What a figure of a sentence has from its context; those behind it lean on that.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Settled {
    pub(crate) period: Option<Period>,
    pub(crate) from: Option<PeriodFrom>,
    pub(crate) compared: Option<ComparedWith>,
    pub(crate) region: Option<u16>,
}

/// What the figures of a sentence are settled with, one after the other.
pub(crate) struct Settling<'a, 'k> {
    pub(crate) grammar: &'a Grammar<'k>,
    pub(crate) frame: &'a Frame,
    pub(crate) drafts: &'a [Draft],
    /// What the figures before it have.
    pub(crate) settled: &'a [Settled],
    pub(crate) setting: &'a Setting,
    pub(crate) context: &'a Context,
    /// Whether another paragraph dated the text before.
    pub(crate) elsewhere: bool,
}

impl Settling<'_, '_> {
    /// When and where a figure holds, and what it is compared with.
    pub(crate) fn figure(&self, at: usize) -> Settled {
        let draft = &self.drafts[at];
        // The figure that it leans on: the one before its bracket, else the one before it.
        let base = draft.base.and_then(|quantity| self.drafts.iter().position(|d| d.quantity == quantity)).or(at.checked_sub(1));
        let time = base.and_then(|at| self.settled.get(at)?.period).or(self.context.period);
        let anchor = self.anchor(draft, time);
        let (period, from) = match base.filter(|_| draft.earlier).and_then(|at| self.year_before(at)) {
            Some(period) => (Some(period), Some(PeriodFrom::Sentence)),
            None => self.dated(draft, time, base.is_none_or(|at| self.settled[at].from != Some(PeriodFrom::Publication)), &anchor),
        };
        // A plan is the year's, whatever part of it has been reached.
        let period = period.map(|period| if draft.planned && is_within_a_year(period) { Period::Year(period.year()) } else { period });
        let compared = match draft.against {
            Some(Against::Plan) => Some(ComparedWith::Plan),
            Some(Against::Mention(mention)) => {
                // (where nothing gives a hold on time, no year can be told)
                let told = anchor.placed || period.is_some() || mention.expr.year().is_some();
                period::basis(mention.expr, period, &anchor).filter(|_| told).map(ComparedWith::Period)
            }
            None => None,
        };
        Settled { period, from, compared, region: self.region(at, base) }
    }

    /// What its time is resolved against; `base` is the time of the figure that it leans on.
    fn anchor(&self, draft: &Draft, base: Option<Period>) -> Anchor {
        let (setting, mention) = (self.setting, draft.mention);
        // `nửa đầu tháng 11 …, nâng tổng số từ đầu năm lên …`: counted up to the time of the figure before it.
        let to_date = mention.is_some_and(|mention| mention.expr == Expr::YearToDate);
        // (`trong tháng 10 …, nâng hiệu suất từ đầu năm lên 26,9%`)
        let parts = |span: &Period| match span {
            Period::Span { days, .. } => *days > 0,
            Period::Month(..) => draft.cue.has(CueClass::Reach),
            _ => false,
        };
        let counted = base.filter(|span| to_date && parts(span));
        let mut anchor = anchor(setting, counted.or(self.context.period).or(setting.span));
        anchor.stock = self.grammar.moments().is_stock(self.grammar.known(), draft);
        anchor.ahead = matches!(draft.status, Status::Target | Status::Forecast);
        // (`hết tháng 10 …, đạt 66,7% chỉ tiêu (67.000 tỷ đồng)`: one time is the same for the plan and for what has been reached of it)
        let reached = |draft: &Draft| !matches!(draft.status, Status::Target | Status::Forecast);
        let shared = |own: Mention| {
            let same = |draft: &Draft| draft.mention.is_some_and(|mention| mention.start == own.start) && reached(draft);
            self.drafts[..self.settled.len()].iter().any(same)
        };
        anchor.ahead &= !(draft.base.is_some() && mention.is_some_and(shared));
        // (`sẽ bán 2,4 triệu cổ phần vào ngày 26/12 với giá 10.600 đồng`: a day to come is the same for all that it dates)
        let days = |own: &Mention| matches!(own.expr, Expr::Day(..)) && own.expr.year().is_none();
        let foreseen = |own: Mention| {
            let same = |draft: &Draft| draft.mention.is_some_and(|mention| mention.start == own.start) && !reached(draft);
            self.drafts[..self.settled.len()].iter().any(same)
        };
        anchor.ahead |= mention.filter(days).is_some_and(foreseen);
        anchor.ahead |= setting.dated && mention.is_some_and(|mention| speaks_ahead(self.frame, &mention, &anchor));
        anchor
    }

    /// `tăng 2% so với cuối năm 2024 (16,5 tỷ đồng)`: the time that the figure before is compared with, else a year before its own.
    fn year_before(&self, base: usize) -> Option<Period> {
        let base = self.settled[base];
        match base.compared {
            Some(ComparedWith::Period(period)) => Some(period),
            _ => base.period.filter(|span| is_reported(*span)).map(|span| span.shift_years(-1)),
        }
    }

    fn dated(&self, draft: &Draft, base: Option<Period>, told: bool, anchor: &Anchor) -> (Option<Period>, Option<PeriodFrom>) {
        let Self { grammar, setting, context, elsewhere, .. } = *self;
        Dating {
            grammar,
            draft,
            base,
            told,
            anchor,
            context,
            setting,
            elsewhere,
            part: self.part_before(draft),
            same: draft.status == Status::Forecast && self.is_beside_same(draft),
            beyond: self.year_compared(draft),
            yearly: self.is_beside_year_before(draft),
        }
        .period()
    }

    /// `nộp ngân sách đạt 8.311 tỷ đồng, tăng 1% so với tháng trước và tăng 10% so với cùng kỳ`: the month or quarter before is what a
    /// figure is compared with, or another one of its subject.
    fn part_before(&self, draft: &Draft) -> Option<TimeUnit> {
        let of = |draft: &Draft| match draft.against {
            Some(Against::Mention(Mention { expr: Expr::Relative(unit @ (TimeUnit::Month | TimeUnit::Quarter), -1), .. })) => Some(unit),
            _ => None,
        };
        let beside = |other: &&Draft| other.topic.text == draft.topic.text && other.mention.is_none() && other.base.is_none();
        let alone = draft.mention.is_none() && draft.base.is_none() && !draft.topic.text.is_empty();
        of(draft).or_else(|| self.drafts.iter().filter(|_| alone).filter(beside).find_map(of))
    }

    /// Whether a figure, or another that nothing dates, is compared with the same span of another year (`so với cùng kỳ`).
    fn is_beside_same(&self, draft: &Draft) -> bool {
        let of = |draft: &Draft| matches!(draft.against, Some(Against::Mention(Mention { expr: Expr::Same(_), .. })));
        let alone = |draft: &Draft| draft.mention.is_none() && draft.base.is_none();
        of(draft) || alone(draft) && self.drafts.iter().any(|other| alone(other) && of(other))
    }

    /// `doanh thu đạt 4.850 tỷ đồng, tăng 100% so với năm 2024`: the year that a figure is compared with, or another that nothing dates
    /// and that is as firm.
    fn year_compared(&self, draft: &Draft) -> Option<i16> {
        let of = |draft: &Draft| match draft.against {
            Some(Against::Mention(Mention { expr: Expr::Year(YearRef::Named(year)) | Expr::Same(YearRef::Named(year)), .. })) => Some(year),
            _ => None,
        };
        let alone = |draft: &&Draft| draft.mention.is_none() && draft.base.is_none();
        let beside = |other: &&Draft| alone(other) && other.status == draft.status;
        of(draft).or_else(|| self.drafts.iter().filter(|_| alone(&draft)).filter(beside).find_map(of))
    }

    /// Whether a figure that nothing dates, or another of its sentence, is compared with the whole year before.
    fn is_beside_year_before(&self, draft: &Draft) -> bool {
        let of = |draft: &Draft| matches!(draft.against, Some(Against::Mention(Mention { expr: Expr::Relative(TimeUnit::Year, -1), .. })));
        let alone = |draft: &Draft| draft.mention.is_none() && draft.base.is_none();
        alone(draft) && self.drafts.iter().any(|other| alone(other) && of(other))
    }

    /// Where a figure holds; `base` is the one that it leans on.
    fn region(&self, at: usize, base: Option<usize>) -> Option<u16> {
        let (grammar, draft) = (self.grammar, &self.drafts[at]);
        if grammar.moves_world(self.drafts, at, self.frame) {
            return grammar.places().world;
        }
        // `1.390 USD/oz, tương đương 35,2 triệu đồng/lượng`: in other money it is the same price.
        let before = at.checked_sub(1).filter(|before| {
            let other = &self.drafts[*before];
            draft.cue.has(CueClass::Equal)
                && draft.place.is_none_or(|place| other.place == Some(place))
                && other.measure == draft.measure
                && draft.measure == Measure::Level
                && other.topic.kind == Some(Kind::Price)
        });
        if let Some(before) = before {
            return self.settled[before].region;
        }
        // `Philippines tăng 22% (đạt 20 tỷ USD)`: the bracket tells more of the country that stands before the figure.
        let told = draft.base.and(base).filter(|base| {
            let same = draft.place.is_none() || draft.place == self.drafts[*base].place;
            same && grammar.is_country_abroad(self.settled[*base].region)
        });
        if let Some(base) = told {
            return self.settled[base].region;
        }
        // `82 USD/thùng (tăng 1,3%)`: a price moves where it holds.
        let moves = draft.topic.kind == Some(Kind::Price) && draft.topic_from != Found::Clause && draft.place.is_none();
        match base.filter(|_| moves && draft.unit == "%") {
            Some(base) => self.settled[base].region,
            None => grammar.region(draft, self.frame, self.context, self.setting),
        }
    }
}

/// Whether a sentence has named a time to come before a mention (`trong hai quý sắp tới …, vào quý III`, `quý III/2025 …, vào tháng 7`).
fn speaks_ahead(frame: &Frame, mention: &Mention, anchor: &Anchor) -> bool {
    let ahead = |m: &Mention| match m.expr {
        Expr::Coming(..) => true,
        Expr::Quarter(..) | Expr::Month(..) | Expr::Half(..) if m.expr.year().is_some() => {
            period::resolve(m, anchor).is_some_and(|period| period.start() > anchor.today)
        }
        _ => false,
    };
    frame.mentions.iter().any(|m| m.role == Role::Own && m.end <= mention.start && ahead(m))
}

/// Whether a period is one that accounts are drawn up for: a year, its half, quarters or first months.
fn is_reported(period: Period) -> bool {
    matches!(period, Period::Year(_) | Period::Half(..) | Period::Quarter(..))
        || matches!(period, Period::Span { start, .. } if start.day() == 1 && start.month() == 1) && is_within_a_year(period)
}
