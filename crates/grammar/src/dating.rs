//! When a figure holds whose clause does not settle it: the text before, the report, the day of publication.

use jiff::ToSpan;
use jiff::civil::Date;
use knowledge::{CueClass, Kind, TimeUnit, UnitKind};
use model::{Measure, Period, PeriodFrom, Status};

use crate::context::Context;
use crate::frame::Frame;
use crate::period::{self, Anchor, Expr, Mention, Role, YearRef};
use crate::reader::Grammar;
use crate::setting::Setting;
use crate::statement::{Against, Draft, Found};

/// Days after which a span is no longer reported on but recalled.
const LONGEST_REPORTING: i32 = 45;

/// Days for which nothing has been measured of a quarter yet.
const YOUNG_QUARTER: i32 = 45;

/// Days for which nothing has come together in a month yet.
const YOUNG_MONTH: i8 = 3;

/// Months in which the year before is still what is reported on.
const EARLY_IN_YEAR: i8 = 3;

/// Days of a month in which the one before is the last that is known.
const EARLY_IN_MONTH: i8 = 10;

/// Days after which a time is the past, and no report's any more.
const LONGEST_PRESENT: i32 = 120;

impl Setting {
    /// Whether it is the span that the text is about or reports on.
    pub(crate) fn reports(&self, period: Period) -> bool {
        [self.span, self.reported].contains(&Some(period))
    }

    fn is_recent(&self, period: Period) -> bool {
        (self.today - period.end()).get_days() <= LONGEST_REPORTING
    }

    pub(crate) fn is_past(&self, period: Period) -> bool {
        (self.today - period.end()).get_days() > LONGEST_PRESENT
    }
}

impl Context {
    /// Comes back from a time that is past to the present (`phê duyệt năm 2022 …. Hiện các nhà thầu đang thi công. Giá trị đạt …`).
    pub(crate) fn leave_past(&mut self, frame: &Frame, setting: &Setting) {
        let now = |mention: &Mention| mention.expr == Expr::Now && mention.start <= frame.range.0 + 2;
        let past = setting.dated && self.period.is_some_and(|period| setting.is_past(period) && !setting.reports(period));
        if past && frame.mentions.iter().any(now) {
            (self.period, self.until, self.start) = (None, None, None);
        }
    }
}

/// Years for which a text may go on with a past year in its next paragraphs.
const LONGEST_RECALLED: i16 = 4;

/// What a figure is dated with.
pub(crate) struct Dating<'a, 'k> {
    pub(crate) grammar: &'a Grammar<'k>,
    pub(crate) draft: &'a Draft,
    /// The time of the figure that it leans on.
    pub(crate) base: Option<Period>,
    /// Whether the text says so, and not only its day of publication.
    pub(crate) told: bool,
    pub(crate) anchor: &'a Anchor,
    pub(crate) context: &'a Context,
    pub(crate) setting: &'a Setting,
    /// Whether another paragraph dated the text before.
    pub(crate) elsewhere: bool,
    /// Whether it, or another figure of its subject, is compared with the month or the quarter before.
    pub(crate) part: Option<TimeUnit>,
    /// Whether it, or another figure that nothing dates, is compared with the same span of another year.
    pub(crate) same: bool,
    /// The year that it, or another figure of its sentence, is compared with.
    pub(crate) beyond: Option<i16>,
    /// Whether it, or another figure that nothing dates, is compared with the year before.
    pub(crate) yearly: bool,
}

type Dated = (Option<Period>, Option<PeriodFrom>);

impl Dating<'_, '_> {
    /// When a figure holds, and where that was found: the first question that has an answer decides.
    pub(crate) fn period(&self) -> Dated {
        self.own()
            .or_else(|| self.by_day())
            .or_else(|| self.by_basis())
            .or_else(|| self.carried())
            .or_else(|| self.compared())
            .or_else(|| self.reported())
            .or_else(|| self.by_quarter())
            .map_or_else(|| self.by_publication(), |dated| self.in_last_year(self.behind_basis(dated)))
    }

    /// Nothing holds when that did which it is compared with: where only the text before dates it, it is of the year after (`lợi nhuận gấp
    /// đôi năm 2012` in a text that speaks of 2012).
    fn behind_basis(&self, (period, from): Dated) -> Dated {
        let told = matches!(from, Some(PeriodFrom::Clause | PeriodFrom::Sentence));
        let later = period.filter(|period| !told && Some(*period) == self.beyond.map(Period::Year)).map(|period| period.shift_years(1));
        (later.filter(|later| !self.is_ahead(later)).or(period), from)
    }

    /// In the first months of a year it is the last year that has been compared with the one before (`đạt 405 tỷ USD, tăng 14% so với năm trước`).
    fn in_last_year(&self, (period, from): Dated) -> Dated {
        let early = self.yearly && self.anchor.dated && self.anchor.today.month() <= EARLY_IN_YEAR;
        let reached = self.draft.status == Status::Actual && !self.is_daily();
        let last = period.filter(|period| early && reached && self.is_this_year(*period)).map(|period| period.shift_years(-1));
        (last.or(period), from)
    }

    /// What its sentence says.
    fn own(&self) -> Option<Dated> {
        let draft = self.draft;
        let from = match self.draft.mention_from {
            Found::Clause => PeriodFrom::Clause,
            Found::Sentence => PeriodFrom::Sentence,
            _ => PeriodFrom::Context,
        };
        let mention = self.draft.mention.as_ref().filter(|mention| !self.is_of_an_event(mention) && !self.is_known_later(mention))?;
        // Where nothing says when now is, it is what the text is about, not the time that it spoke of last.
        let now = matches!(mention.expr, Expr::Now | Expr::Relative(..) | Expr::Past(..) | Expr::Shift(..) | Expr::Weekday(..))
            && !self.anchor.dated
            && self.anchor.placed;
        let about = || self.setting.span.or(Some(Period::Year(self.anchor.today.year()))).filter(|_| now);
        let period = self.resolved(mention).or_else(about)?;
        // (`cao tốc Bắc - Nam giai đoạn 2021-2025 giải ngân đạt 55,9%`: the span of the programme, of which a part has been reached by now)
        let programme = draft.measure == Measure::Completion && matches!(mention.expr, Expr::Years(..));
        if programme && draft.status == Status::Actual && self.anchor.dated && period.end() > self.anchor.today {
            return None;
        }
        Some((Some(if from == PeriodFrom::Clause { period } else { self.last_part(period) }), Some(from)))
    }

    /// The time that a mention is for a figure.
    fn resolved(&self, mention: &Mention) -> Option<Period> {
        let Self { draft, base, anchor, .. } = *self;
        match mention.expr {
            _ if mention.role == Role::Basis => period::basis(mention.expr, base, anchor),
            Expr::Same(YearRef::Unstated | YearRef::Offset(-1)) => {
                base.map(|period| period.shift_years(-1)).or_else(|| period::resolve(mention, anchor))
            }
            Expr::Same(YearRef::Named(year)) => {
                base.map(|period| period.shift_years(year - period.year())).or_else(|| period::resolve(mention, anchor))
            }
            // `(năm trước xuất siêu 28,4 tỷ USD)`: the year before the figure that the bracket stands behind.
            Expr::Relative(TimeUnit::Year, offset) if offset < 0 && draft.base.is_some() && base.is_some() => {
                base.map(|period| period.shift_years(i16::from(offset)))
            }
            // (`từ 1.669 tỷ đồng hồi đầu năm xuống 626 tỷ đồng`)
            Expr::YearStart(_) if draft.cue.has(CueClass::From) || draft.basis => period::basis(mention.expr, base, anchor),
            // (`gấp 4 lần mức lỗ 2.727 tỷ đồng của năm trước`: before the time of what is compared with it)
            Expr::Relative(TimeUnit::Year | TimeUnit::Quarter | TimeUnit::Month, offset) if offset < 0 && draft.basis && base.is_some() => {
                period::basis(mention.expr, base, anchor)
            }
            // A bare year in a bracket beside a span to date means the same span of that year.
            Expr::Year(YearRef::Named(year))
                if (draft.base.is_some() || draft.inside) && self.told && !self.is_told_by_itself() && !self.is_yearly() =>
            {
                let parts =
                    |span: &Period| matches!(span, Period::Span { .. } | Period::Quarter(..) | Period::Month(..) | Period::Half(..));
                let span = base.filter(|span| parts(span) && is_within_a_year(*span));
                Some(span.map_or(Period::Year(year), |span| span.shift_years(year - span.year())))
            }
            // `từ ngày 28/10 đến 25/11 tăng từ 10.150 lên 12.100 đồng`: the ends hold on the first and on the last day.
            Expr::Days(..)
                if draft.measure == Measure::Level
                    && matches!(draft.topic.kind, Some(Kind::Price | Kind::Index | Kind::Rate))
                    && draft.cue.any(&[CueClass::From, CueClass::Reach]) =>
            {
                let first = draft.cue.has(CueClass::From);
                period::resolve(mention, anchor).map(|span| Period::Day(if first { span.start() } else { span.end() }))
            }
            // (`giá vàng hiện ở mức …` is the day's)
            Expr::Now if anchor.dated && (self.setting.markets || self.grammar.has_daily_price(draft)) => Some(Period::Day(anchor.today)),
            Expr::ThatSpan => self.context.span,
            _ => period::resolve(mention, anchor),
        }
    }

    /// Whether a bracket tells of an amount in words of its own (`(năm 2022 thị trường này nhập gần 110 tỷ USD)`).
    fn is_told_by_itself(&self) -> bool {
        self.draft.measure == Measure::Level && self.draft.topic_from == Found::Clause
    }

    /// Whether it is compared with a whole year (`(năm 2021 tăng 1,8% so với năm 2020)`).
    fn is_yearly(&self) -> bool {
        matches!(self.draft.against, Some(Against::Mention(Mention { expr: Expr::Year(_), .. })))
    }

    /// No flow holds on the day of a meeting (`Chiều 12/1 …`): only counting up to a day gives it one.
    fn is_of_an_event(&self, mention: &Mention) -> bool {
        matches!(mention.expr, Expr::Day(..))
            && !mention.until
            && !self.draft.own_day
            && self.draft.topic.indicator.is_some()
            && self.is_flow()
            && self.draft.measure != Measure::Difference
    }

    /// No flow holds now: what a text that has just reported on a span tells of it is of that span (`hiện đứng thứ 18 với kim ngạch 7,8
    /// tỷ USD`).
    fn is_known_later(&self, mention: &Mention) -> bool {
        let reported = |span: Period| span.start().day() == 1 && is_longer(span, 0) && self.setting.is_recent(span);
        mention.expr == Expr::Now
            && !mention.until
            && !self.setting.markets
            && self.draft.topic.indicator.is_some()
            && self.is_flow()
            && self.draft.status == Status::Actual
            && self.context.period.is_some_and(reported)
    }

    fn is_flow(&self) -> bool {
        matches!(self.draft.topic.kind, Some(Kind::Flow | Kind::Balance))
    }

    /// Whether its indicator counts what happens (`lượt khách`).
    fn counts_events(&self) -> bool {
        self.draft.topic.indicator.is_some_and(|index| self.grammar.known().indicators[index as usize].events)
    }

    /// Of a longer time, what is compared with the part before is the last part (`9 tháng …. Nguồn cung giảm 80% so với quý trước`).
    fn last_part(&self, period: Period) -> Period {
        let end = period.end();
        match self.part {
            Some(TimeUnit::Quarter) if is_longer(period, 3) => Period::Quarter(end.year(), (end.month() + 2) / 3),
            Some(TimeUnit::Month) if is_longer(period, 1) => Period::Month(end.year(), end.month()),
            Some(TimeUnit::Month) if self.draft.mention.is_none() && self.is_this_year(period) => self.last_month(),
            _ => period,
        }
    }

    fn is_this_year(&self, period: Period) -> bool {
        self.anchor.dated && period == Period::Year(self.anchor.today.year())
    }

    /// The last month that has been reported on.
    fn last_month(&self) -> Period {
        let today = self.anchor.today;
        let reported = self.setting.reported.map(Period::end).filter(|end| *end <= today);
        let known = today.first_of_month().saturating_sub(i64::from(today.day() <= EARLY_IN_MONTH).months());
        let month = reported.unwrap_or(known);
        Period::Month(month.year(), month.month())
    }

    /// What is compared with the day before is of a day: the one that the text speaks of, else that of publication.
    fn by_day(&self) -> Option<Dated> {
        let daily = matches!(self.draft.against, Some(Against::Mention(Mention { expr: Expr::Relative(TimeUnit::Day, -1), .. })));
        let spoken = self.context.period.is_some_and(|period| matches!(period, Period::Day(_)));
        (daily && self.anchor.dated && !spoken).then_some((Some(Period::Day(self.anchor.today)), Some(PeriodFrom::Publication)))
    }

    /// `tăng 6% so với 9 tháng năm 2023`: nothing dates it, and what is compared with those months are the same of the next year, unless
    /// the text speaks of as many already.
    fn by_basis(&self) -> Option<Dated> {
        let Some(Against::Mention(mention)) = self.draft.against else { return None };
        let span = match mention.expr {
            Expr::FirstMonths(_, YearRef::Named(_)) | Expr::Half(_, YearRef::Named(_)) => period::resolve(&mention, self.anchor)?,
            _ => return None,
        };
        let next = span.shift_years(1);
        let told = |before: Period| (before.end() - before.start()).get_days() + 3 >= (span.end() - span.start()).get_days();
        let known = self.base.or(self.context.period).is_some_and(told);
        let ahead = self.anchor.dated && next.end() > self.anchor.today;
        (!known && !ahead).then_some((Some(next), Some(PeriodFrom::Sentence)))
    }

    /// What the text before spoke of.
    fn carried(&self) -> Option<Dated> {
        let Self { draft, anchor, setting, .. } = *self;
        let period = self.context.period.filter(|period| !self.is_ahead(period) && !self.is_recalled(period))?;
        let period = self.span_of(self.at_its_end(self.come_together(period)));
        let context = |period: Period| Some((Some(period), Some(PeriodFrom::Context)));
        // What is foreseen is to come, whatever has been reported on before: the year's, where nothing says more.
        // (`6 tháng đầu năm …. Doanh thu dự kiến đạt 1.729 tỷ đồng, tăng 38% so với cùng kỳ` is of those months too)
        let spans = self.same && !self.elsewhere && is_longer(period, 1);
        let foreseen = draft.status == Status::Forecast && self.part.is_none() && !spans;
        if foreseen && setting.dated && period.end() < setting.today && (!self.is_daily() || is_long(period)) {
            return context(Period::Year(setting.today.year()));
        }
        // (no part of a plan has been reached by the end of a year that goes on)
        let goes_on = self.is_this_year(period) && anchor.today.month() < 12;
        let reached = draft.measure == Measure::Completion || draft.status == Status::Actual && self.is_flow();
        let reported = setting.reported.or(setting.span).filter(|span| is_within_a_year(*span) && span.year() == period.year());
        if let Some(span) = reported.filter(|_| goes_on && reached) {
            return context(self.last_part(span));
        }
        // A goal is the year's, whatever part of it the text reported on before.
        let goal = draft.status == Status::Target && draft.measure != Measure::Completion && is_within_a_year(period);
        context(if goal { Period::Year(period.year()) } else { self.last_part(period) })
    }

    /// What is counted up to a day on which a stock was told of (`Đến ngày 30/6, dư nợ đạt …. Lợi nhuận đạt …`): a flow has come together
    /// by then.
    fn come_together(&self, period: Period) -> Period {
        let Some(until) = self.context.until.filter(|_| matches!(period, Period::Day(_))) else { return period };
        let named = || self.draft.topic.indicator.is_some() || self.grammar.moments().comes_together(&self.draft.topic.text);
        let adds_up = matches!(self.draft.topic.kind, None | Some(Kind::Flow | Kind::Balance)) && named() || self.counts_events();
        let flow = adds_up && self.draft.measure != Measure::Difference;
        period::resolve(&until, self.anchor).filter(|_| flow).unwrap_or(period)
    }

    /// What there is at a moment, told behind months in which something has come together (`6 tháng đầu năm, doanh thu đạt …. Tổng tài sản
    /// đạt …`), is what there was at their end.
    fn at_its_end(&self, period: Period) -> Period {
        let Draft { topic, measure, status, .. } = self.draft;
        let held = || *measure != Measure::Completion && self.grammar.moments().is_held(self.grammar.known(), topic);
        let months = matches!(period, Period::Span { .. } | Period::Quarter(..) | Period::Half(..)) && is_longer(period, 1);
        let over = self.anchor.dated && period.end() <= self.anchor.today && *status == Status::Actual;
        if months && over && held() { Period::Day(period.end()) } else { period }
    }

    /// No revenue, and nothing that is compared with the same span of another year, is one of the day of a meeting or of a deal: it is of
    /// the months that the text reports on.
    fn span_of(&self, period: Period) -> Period {
        let (draft, setting) = (self.draft, self.setting);
        let flow = draft.topic.indicator.is_some() && self.is_flow() && !matches!(draft.measure, Measure::Difference | Measure::Share);
        let same = matches!(draft.against, Some(Against::Mention(Mention { expr: Expr::Same(_), .. })));
        let day = matches!(period, Period::Day(day) if day != day.last_of_month()) && self.context.until.is_none();
        // (`Chốt phiên 6/12, giá cổ phiếu …. Ngân hàng có lợi nhuận …`: what a company earns is of no session)
        let earned = flow && draft.topic.kind == Some(Kind::Flow) && draft.topic.field(self.grammar.known()) == Some("company");
        let daily = self.is_daily() && !earned;
        let long = day && (flow || same) && draft.status == Status::Actual && !daily && !draft.unit.contains('/');
        let reported = setting.reported.or(setting.span).filter(|span| is_longer(*span, 1) && !setting.is_past(*span));
        reported.filter(|_| long).unwrap_or(period)
    }

    /// What has been measured holds at no time to come.
    fn is_ahead(&self, period: &Period) -> bool {
        let (anchor, start) = (self.anchor, period.start());
        let later = if anchor.dated { start > anchor.today } else { start.year() > anchor.today.year() };
        anchor.placed && !anchor.ahead && later
    }

    /// Whether a time is only recalled: an old year or quarter in a report of the markets dates no price of the day, nor what the next
    /// paragraph tells of its trade; an old day is that of its paragraph (`Đến cuối năm 2022 có 500 trạm`).
    fn is_recalled(&self, period: &Period) -> bool {
        let setting = self.setting;
        let traded = || self.grammar.is_of_market(self.draft) || self.elsewhere && self.draft.topic.indicator.is_none();
        let long =
            setting.markets && setting.dated && is_long(*period) && !(setting.reports(*period) && setting.is_recent(*period)) && traded();
        let event = match period {
            Period::Day(_) | Period::Month(..) => true,
            Period::Year(year) => year + LONGEST_RECALLED < setting.today.year(),
            _ => false,
        };
        // (`9 tháng 2024 …. Cuối quý III/2024, tổng tài sản …`: the last day of what is reported on)
        let closes = || matches!(period, Period::Day(day) if setting.reported.or(setting.span).is_some_and(|span| span.end() == *day));
        // (`Đến cuối năm 2024, tỉnh có 102 mỏ. ¶ Trong đó, 20 mỏ …`: what is counted goes on in the next paragraph)
        let near = self.context.block <= self.context.dated_in + 1 && period.end().year() + 1 >= setting.today.year();
        let counted = || near && self.context.until.is_some() && self.anchor.stock;
        let old = event && setting.is_past(*period) && !setting.reports(*period) && !closes() && !counted();
        long || self.elsewhere && setting.dated && old
    }

    fn is_daily(&self) -> bool {
        self.grammar.is_daily(self.draft, self.setting)
    }

    /// Nothing says when, but what it is compared with tells the year (`tăng 29% so với cùng kỳ năm 2020`; in the first months of 2025
    /// what has risen `so với năm 2023` is of 2024).
    fn compared(&self) -> Option<Dated> {
        let today = self.anchor.today;
        let year = match self.draft.against {
            Some(Against::Mention(Mention { expr: Expr::Same(YearRef::Named(year)), .. })) => year,
            _ => self.beyond.filter(|year| self.anchor.dated && today.month() <= EARLY_IN_YEAR && year + 2 == today.year())?,
        };
        (year + 1 < today.year()).then_some((Some(Period::Year(year + 1)), Some(PeriodFrom::Context)))
    }

    /// What the text is about; a flow, or what is compared with the same span of another year, comes from the report that it names
    /// once.
    fn reported(&self) -> Option<Dated> {
        let draft = self.draft;
        let reports = || {
            self.is_flow()
                || self.counts_events()
                || draft.measure == Measure::Completion
                || matches!(draft.against, Some(Against::Mention(Mention { expr: Expr::Same(_), .. })))
        };
        // (a price is one of the day in a report of the markets; in any other text one of the span that it is about)
        let span = self.setting.span.filter(|_| !self.setting.markets).map(|span| self.last_part(span));
        let period = span.or_else(|| self.setting.reported.filter(|_| reports() && !self.is_daily()))?;
        Some((Some(period), Some(PeriodFrom::Context)))
    }

    /// `giá thuê tăng 2% theo quý`: a quarter, the last one that has ended where this one is young.
    fn by_quarter(&self) -> Option<Dated> {
        let quarterly = matches!(self.draft.against, Some(Against::Mention(Mention { expr: Expr::Relative(TimeUnit::Quarter, -1), .. })));
        // (what else such a text tells of, it tells of that quarter)
        let told = || self.setting.quarter.filter(|_| !matches!(self.draft.status, Status::Forecast | Status::Target));
        let quarter = if quarterly { Some(known_quarter(self.anchor.today)) } else { told() };
        quarter.filter(|_| self.anchor.dated).map(|quarter| (Some(quarter), Some(PeriodFrom::Publication)))
    }

    /// Nothing says when: the day, the month or the year of publication.
    fn by_publication(&self) -> Dated {
        let (draft, today) = (self.draft, self.anchor.today);
        if !self.anchor.dated {
            return if self.anchor.placed { (Some(Period::Year(today.year())), Some(PeriodFrom::Context)) } else { (None, None) };
        }
        // What is foreseen or meant to be is the year's, where nothing says more; in its last month it is as often the next one's.
        let ahead = matches!(draft.status, Status::Forecast | Status::Target) && today.month() < 12;
        let plan = ahead && draft.topic.kind != Some(Kind::Price) && !matches!(draft.measure, Measure::Share | Measure::Completion);
        let period = match (plan, self.is_daily()) {
            (true, _) => Period::Year(today.year()),
            (_, true) => Period::Day(today),
            // (in its first days nothing has come together in a month yet)
            _ if today.day() <= YOUNG_MONTH && self.is_flow() && !matches!(draft.status, Status::Forecast | Status::Target) => {
                let before = today.first_of_month().saturating_sub(1.month());
                Period::Month(before.year(), before.month())
            }
            _ => Period::Month(today.year(), today.month()),
        };
        (Some(period), Some(PeriodFrom::Publication))
    }
}

impl Grammar<'_> {
    /// Whether a figure is the price of what is traded every day (`23.250 đồng/cổ phiếu`, `1.388 USD/ounce`).
    fn has_daily_price(&self, draft: &Draft) -> bool {
        let per = draft.unit.split_once('/').map(|(_, per)| per);
        per.is_some_and(|per| self.known().units.denominators.iter().any(|entry| entry.daily && entry.id == per))
    }

    /// Whether a figure is one of what markets trade: a price, an index, shares, what moves without a name of the vocabulary.
    fn is_of_market(&self, draft: &Draft) -> bool {
        let named = draft.topic.indicator.is_some() && !matches!(draft.topic.kind, Some(Kind::Price | Kind::Index));
        is_price(draft) || self.kind(draft, UnitKind::Index) || !named && matches!(draft.unit.as_str(), "%" | "share" | "pp")
    }

    /// Whether a figure is one of a day: a price, an index, anything in a report of the markets.
    fn is_daily(&self, draft: &Draft, setting: &Setting) -> bool {
        // (points of a ranking are none of an index that is traded)
        let index = setting.sessions || draft.topic.indicator.is_some();
        setting.markets || is_price(draft) || index && self.kind(draft, UnitKind::Index)
    }

    fn kind(&self, draft: &Draft, kind: UnitKind) -> bool {
        self.known().units.units.iter().any(|unit| unit.kind == kind && unit.id == draft.unit)
    }
}

/// The last quarter of which something is known.
pub(crate) fn known_quarter(today: Date) -> Period {
    let first = today.first_of_month().saturating_sub(i64::from((today.month() - 1) % 3).months());
    let known = if (today - first).get_days() < YOUNG_QUARTER { first.saturating_sub(1.month()) } else { first };
    Period::Quarter(known.year(), (known.month() + 2) / 3)
}

/// Whether a figure is a price or says how one moves, and not what one thing was sold for (`một tòa nhà giá 45 triệu USD`).
fn is_price(draft: &Draft) -> bool {
    let known = draft.topic.indicator.is_some() || draft.unit.contains('/') || draft.measure != Measure::Level;
    draft.topic.kind == Some(Kind::Price) && known
}

/// Whether a period is a part of a year, of more than so many months.
fn is_longer(period: Period, months: i32) -> bool {
    is_within_a_year(period) && (period.end() - period.start()).get_days() > 31 * months
}

/// Whether a period is longer than two weeks.
fn is_long(period: Period) -> bool {
    (period.end() - period.start()).get_days() > 14
}

/// Whether a period is a part of one calendar year.
pub(crate) fn is_within_a_year(period: Period) -> bool {
    !matches!(period, Period::Year(_)) && period.start().year() == period.end().year()
}
