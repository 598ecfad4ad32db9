//! What the text around a sentence gives its figures: periods, places, statuses.

use jiff::ToSpan;
use jiff::civil::Date;
use knowledge::{CueClass, Denominator, Kind, Knowledge, RegionKind, TimeUnit, UnitKind};
use model::{ComparedWith, Measure, Observation, Period, PeriodFrom, Status};
use rust_decimal::Decimal;
use smallvec::SmallVec;

use crate::confidence;
use crate::frame::Frame;
use crate::lexicon::Hit;
use crate::mark::{Mark, TimeWord};
use crate::period::{self, Anchor, Expr, Mention, Role, YearRef};
use crate::place::Place;
use crate::quantity::Quantity;
use crate::reader::{Grammar, Reading};
use crate::statement::narrowing::Theme;
use crate::statement::{Against, Draft, Found, Sentence};
use crate::topic::{Topic, words};

/// So many đồng are no price of anything that the world's market trades.
const SUM: Decimal = Decimal::from_parts(1_000_000_000, 0, 0, false, 0);

/// What the text before a sentence says about it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Context {
    pub(crate) period: Option<Period>,
    pub(crate) place: Option<u16>,
    /// The place that a heading names for the blocks under it.
    pub(crate) headed: Option<u16>,
    /// How firm the items under a line with a colon are, and what they are compared with.
    pub(crate) listed: Option<(Status, Option<Mention>)>,
    pub(crate) topic: Option<Topic>,
    /// The words by which shares are called.
    pub(crate) shares: Option<String>,
    /// Whom and what it was about.
    pub(crate) theme: Theme,
    pub(crate) measure: Option<Measure>,
    pub(crate) status: Option<Status>,
    /// What the last change was compared with.
    pub(crate) against: Option<Mention>,
}

/// Days after which a span is no longer reported on but recalled.
const LONGEST_REPORTING: i32 = 45;

/// What holds for the whole article.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Setting {
    pub(crate) today: Date,
    pub(crate) dated: bool,
    /// Whether the text gives any hold on time.
    pub(crate) placed: bool,
    /// Whether the text is about a day of the markets.
    pub(crate) markets: bool,
    /// Which specialisations the title calls for, a bit each.
    pub(crate) titled: u128,
    /// The span that the text is about.
    pub(crate) span: Option<Period>,
    /// The last span of the year that it reports on, where it is about none.
    pub(crate) reported: Option<Period>,
    pub(crate) place: Option<u16>,
    pub(crate) english: bool,
}

impl Grammar<'_> {
    /// Drafts to observations: periods, places and statuses from the context.
    pub(crate) fn resolve(
        &self,
        block: u32,
        sentence: &Sentence<'_>,
        drafts: &mut [Draft],
        setting: &Setting,
        context: &mut Context,
        reading: &mut Reading,
    ) {
        let frame = sentence.frame;
        if let Some(mention) = frame.mentions.iter().find(|m| m.role == Role::Own && m.expr != Expr::Vague && m.start <= frame.range.0 + 2)
            && drafts.is_empty()
            && mention.carries_on()
            && mention.expr != Expr::Now
        {
            context.period = period::resolve(mention, &anchor(self.known(), setting, None, context.period)).or(context.period);
        }
        // `Giá giảm khi bước vào phiên sáng nay. Lúc 9h30, …`
        let this_day = |m: &Mention| matches!(m.expr, Expr::Shift(0, TimeUnit::Day));
        if setting.markets && setting.dated && drafts.is_empty() && frame.mentions.last().is_some_and(this_day) {
            context.period = Some(Period::Day(setting.today));
        }
        let mut periods: SmallVec<[Option<Period>; 8]> = SmallVec::new();
        let mut bases: SmallVec<[Option<Period>; 8]> = SmallVec::new();
        let mut regions: SmallVec<[Option<u16>; 8]> = SmallVec::new();
        let last = if drafts.is_empty() { frame.range.0 } else { frame.range.1 };
        let sentence_text = words(sentence.text, sentence.tokens, frame.range.0, last);
        for at in 0..drafts.len() {
            Self::follow_goal(&mut drafts[at], frame, context, setting);
            // `gấp ba lần mức lỗ 300 tỷ đồng của năm trước`: the level that a multiple is taken of.
            let before = |draft: &Draft| draft.measure == Measure::Level && draft.mention.is_some_and(|mention| mention.is_before());
            if at > 0 && drafts[at - 1].unit == "x" && drafts[at].mention_from == Found::Clause && before(&drafts[at]) {
                drafts[at].basis = true;
            }
            let draft = &drafts[at];
            let base = draft.base.and_then(|quantity| drafts.iter().position(|d| d.quantity == quantity)).or(at.checked_sub(1));
            let base_period = base.and_then(|at| periods.get(at).copied().flatten()).or(context.period);
            // `nửa đầu tháng 11 …, nâng tổng số từ đầu năm lên …`: counted up to the time of the figure before it.
            let to_date = draft.mention.is_some_and(|mention| mention.expr == Expr::YearToDate);
            let counted = base_period.filter(|span| to_date && matches!(span, Period::Span { days: 1.., .. }));
            let anchor = anchor(self.known(), setting, Some(draft), counted.or(context.period));
            let earlier = base.filter(|_| draft.earlier).and_then(|at| bases[at]);
            let (period, from) = match earlier {
                Some(period) => (Some(period), Some(PeriodFrom::Sentence)),
                None => self.period(draft, base_period, &anchor, context, setting),
            };
            // A plan is the year's, whatever part of it has been reached.
            let plan_of = |period: Period| if draft.planned && is_within_a_year(period) { Period::Year(period.year()) } else { period };
            let period = period.map(plan_of);
            let compared = match draft.against {
                Some(Against::Plan) => Some(ComparedWith::Plan),
                Some(Against::Mention(mention)) => period::basis(mention.expr, period, &anchor).map(ComparedWith::Period),
                None => None,
            };
            let named = self.region(draft, frame, context, setting);
            // `82 USD/thùng (tăng 1,3%)`: a price moves where it holds.
            let moves = draft.topic.kind == Some(Kind::Price) && draft.topic_from != Found::Clause && draft.place.is_none();
            let region = base.filter(|_| moves && draft.unit == "%").map_or(named, |at| regions[at]);
            let region = if self.moves_world(drafts, at, frame) { self.world() } else { region };
            regions.push(region);
            // `Đến năm 2030 có 35.000 ha lúa`: what is to come is meant to be.
            let ahead = setting.dated && period.is_some_and(|period| period.start() > setting.today.last_of_month());
            if ahead && draft.status == Status::Actual && draft.mention_from != Found::Nowhere {
                drafts[at].status = Status::Target;
            }
            let draft = &drafts[at];
            periods.push(period);
            bases.push(compared.and_then(|compared| if let ComparedWith::Period(period) = compared { Some(period) } else { None }));
            let quantity = &frame.quantities[draft.quantity];
            let observation = self.observation(block, sentence, draft, quantity, &sentence_text, region, period, from, compared);
            reading.observations.push(observation);
        }
        if let Some(at) = drafts.iter().enumerate().rposition(|(at, draft)| {
            // `8 tháng qua` from August on is the year to date, which the text goes on with.
            let to_date = |m: &Mention| {
                matches!(m.expr, Expr::Past(..))
                    && periods[at].is_some_and(|span| span.start().month() == 1 && span.start().day() == 1 && is_within_a_year(span))
            };
            // The day of an event (`tại cuộc họp ngày 22/3 …`) is that of its sentence only.
            let event = |m: &Mention| {
                // (`trong ngày 17/3` is the span itself)
                let span = || {
                    let in_it = |hit: &Hit| hit.end as usize == m.start && hit.mark == Mark::Time(TimeWord::Of);
                    m.start > frame.range.0 && sentence.hits.at(m.start - 1).iter().any(in_it)
                };
                matches!(m.expr, Expr::Day(..)) && !m.until && matches!(draft.topic.kind, Some(Kind::Flow | Kind::Balance)) && !span()
            };
            // `từ đầu năm đến nay đã xảy ra 80 trận. Tổng cộng có 7 người chết`: the only time, and before all figures.
            let counted = |m: &Mention| {
                m.expr == Expr::YearToDate
                    && draft.measure == Measure::Level
                    && draft.unit != "%"
                    && frame.mentions.iter().filter(|other| other.role == Role::Own).count() == 1
                    && frame.quantities.first().is_some_and(|quantity| m.end <= quantity.start)
            };
            draft.mention_from == Found::Clause
                && draft.base.is_none()
                && !draft.basis
                && !draft.cue.has(CueClass::From)
                && !(setting.markets && draft.mention.is_some_and(|m| matches!(m.expr, Expr::Relative(TimeUnit::Day, -1))))
                && draft.mention.is_some_and(|m| ((m.carries_on() && !event(&m)) || to_date(&m) || counted(&m)) && !sentence.is_of_item(&m))
        }) {
            context.period = periods[at].or(context.period);
        }
        if !is_caption(sentence) {
            // (a text about a country abroad goes on with it, wherever its actors come from: `doanh nghiệp Việt Nam góp 51%`)
            let regions = self.known().regions.all();
            let abroad = setting.place.is_some_and(|region| regions[region as usize].kind == RegionKind::Country);
            context.place = lasting_place(frame).filter(|region| !(abroad && regions[*region as usize].id == "VN")).or(context.place);
        }
    }

    /// A sentence that says nothing of when goes on with the goals of the one before it.
    fn follow_goal(draft: &mut Draft, frame: &Frame, context: &Context, setting: &Setting) {
        let ahead = setting.dated && context.period.is_some_and(|period| period.start() > setting.today);
        let goal = context.status == Some(Status::Target) && ahead && draft.cue.any(&[CueClass::Level, CueClass::Reach]);
        if goal && draft.status == Status::Actual && frame.mentions.is_empty() {
            draft.status = Status::Target;
        }
    }

    fn period(
        &self,
        draft: &Draft,
        base: Option<Period>,
        anchor: &Anchor,
        context: &Context,
        setting: &Setting,
    ) -> (Option<Period>, Option<PeriodFrom>) {
        let from = match draft.mention_from {
            Found::Clause => PeriodFrom::Clause,
            Found::Sentence => PeriodFrom::Sentence,
            _ => PeriodFrom::Context,
        };
        // No flow holds on the day of a meeting (`Chiều 12/1 …`): only counting up to a day gives it one.
        let event = |mention: &Mention| {
            matches!(mention.expr, Expr::Day(..))
                && !mention.until
                && draft.topic.indicator.is_some()
                && matches!(draft.topic.kind, Some(Kind::Flow | Kind::Balance))
                && draft.measure != Measure::Difference
        };
        if let Some(mention) = draft.mention.as_ref().filter(|mention| !event(mention)) {
            let own = match mention.expr {
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
                Expr::YearStart(_) if draft.cue.has(CueClass::From) => period::basis(mention.expr, base, anchor),
                // (`gấp 4 lần mức lỗ 2.727 tỷ đồng của năm trước`: before the time of what is compared with it)
                Expr::Relative(TimeUnit::Year | TimeUnit::Quarter | TimeUnit::Month, offset)
                    if offset < 0 && draft.basis && base.is_some() =>
                {
                    period::basis(mention.expr, base, anchor)
                }
                // A bare year in a bracket beside a span to date means the same span of that year.
                Expr::Year(YearRef::Named(year)) if draft.base.is_some() || draft.inside => match base {
                    Some(span @ (Period::Span { .. } | Period::Quarter(..) | Period::Month(..) | Period::Half(..))) => {
                        Some(span.shift_years(year - span.year()))
                    }
                    _ => Some(Period::Year(year)),
                },
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
                Expr::Now if anchor.dated && (setting.markets || self.has_daily_price(draft)) => Some(Period::Day(anchor.today)),
                _ => period::resolve(mention, anchor),
            };
            // Where nothing says when now is, it is what the text is about, not the time that it spoke of last.
            let now = matches!(mention.expr, Expr::Now | Expr::Relative(..) | Expr::Past(..) | Expr::Shift(..) | Expr::Weekday(..))
                && !anchor.dated
                && anchor.placed;
            let own = own.or_else(|| setting.span.or(Some(Period::Year(anchor.today.year()))).filter(|_| now));
            if own.is_some() {
                return (own, Some(from));
            }
        }
        // What has been measured holds at no time to come.
        let ahead = |period: &Period| {
            let later = if anchor.dated { period.start() > anchor.today } else { period.start().year() > anchor.today.year() };
            anchor.placed && !anchor.ahead && later
        };
        // (an old year or quarter that a report of the markets recalls dates no price of the day)
        let reported = |period: Period| {
            [setting.span, setting.reported].contains(&Some(period)) && (anchor.today - period.end()).get_days() <= LONGEST_REPORTING
        };
        let recalled =
            |period: &Period| setting.markets && setting.dated && is_long(*period) && !reported(*period) && self.is_of_market(draft);
        if let Some(period) = context.period.filter(|period| !ahead(period) && !recalled(period)) {
            // A goal is the year's, whatever part of it the text reported on before.
            // (no part of a plan has been reached by the end of a year that goes on)
            let goes_on = period == Period::Year(anchor.today.year()) && anchor.dated && anchor.today.month() < 12;
            let reached = draft.measure == Measure::Completion
                || (draft.status == Status::Actual && matches!(draft.topic.kind, Some(Kind::Flow | Kind::Balance)));
            if let Some(span) = setting.reported.or(setting.span).filter(|span| is_within_a_year(*span) && span.year() == period.year())
                && goes_on
                && reached
            {
                return (Some(span), Some(PeriodFrom::Context));
            }
            let goal = draft.status == Status::Target && draft.measure != Measure::Completion && is_within_a_year(period);
            return (Some(if goal { Period::Year(period.year()) } else { period }), Some(PeriodFrom::Context));
        }
        // Nothing says when, but what it is compared with tells the year (`tăng 29% so với cùng kỳ năm 2020`).
        if let Some(Against::Mention(Mention { expr: Expr::Same(YearRef::Named(year)), .. })) = draft.against
            && year + 1 < anchor.today.year()
        {
            return (Some(Period::Year(year + 1)), Some(PeriodFrom::Context));
        }
        let today = anchor.today;
        let daily = self.is_daily(draft, setting);
        if let Some(span) = setting.span.filter(|_| !daily) {
            return (Some(span), Some(PeriodFrom::Context));
        }
        // A flow, or what is compared with the same span of another year, comes from the report that the text names once.
        let reports = matches!(draft.topic.kind, Some(Kind::Flow | Kind::Balance))
            || draft.topic.indicator.is_some_and(|index| self.known().indicators[index as usize].events)
            || draft.measure == Measure::Completion
            || matches!(draft.against, Some(Against::Mention(Mention { expr: Expr::Same(_), .. })));
        if let Some(span) = setting.reported.filter(|_| reports && !daily) {
            return (Some(span), Some(PeriodFrom::Context));
        }
        // `giá thuê tăng 2% theo quý`: a quarter, the last one that has ended where this one is young.
        if let Some(Against::Mention(Mention { expr: Expr::Relative(TimeUnit::Quarter, -1), .. })) = draft.against
            && anchor.dated
        {
            let first = today.first_of_month().saturating_sub(i64::from((today.month() - 1) % 3).months());
            let known = if (today - first).get_days() < 45 { first.saturating_sub(1.month()) } else { first };
            return (Some(Period::Quarter(known.year(), (known.month() + 2) / 3)), Some(PeriodFrom::Publication));
        }
        if !anchor.dated {
            return if anchor.placed { (Some(Period::Year(today.year())), Some(PeriodFrom::Context)) } else { (None, None) };
        }
        let period = if daily { Period::Day(today) } else { Period::Month(today.year(), today.month()) };
        (Some(period), Some(PeriodFrom::Publication))
    }

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
        setting.markets || is_price(draft) || self.kind(draft, UnitKind::Index)
    }

    fn kind(&self, draft: &Draft, kind: UnitKind) -> bool {
        self.known().units.units.iter().any(|unit| unit.kind == kind && unit.id == draft.unit)
    }

    /// The place of a figure: its clause's, its sentence's, its paragraph's, the article's, the country.
    fn region(&self, draft: &Draft, frame: &Frame, context: &Context, setting: &Setting) -> Option<u16> {
        let world = self.world();
        // (`giá dầu thế giới … đã đẩy doanh nghiệp vào khó khăn: phải vay 2.000 tỷ đồng`: no sum of đồng holds in the world)
        let price = draft.topic.kind == Some(Kind::Price) && draft.value.abs() < SUM;
        let sum = draft.unit == "VND" && !price && draft.base.is_none();
        // (`trước đà hồi phục của thị trường thế giới, giá vàng SJC tăng 200.000 đồng/lượng`)
        let apart = |at: usize| frame.places[at].start < draft.clause.0 && draft.unit.starts_with("VND/") && draft.base.is_none();
        let outside = sum || draft.place.is_some_and(apart);
        let named = named(self, draft, frame).filter(|region| !(outside && Some(*region) == world));
        // What money is worth in the country's is one rate, wherever else the text has been.
        let money = |per: &str| self.known().units.units.iter().any(|unit| unit.kind == UnitKind::Money && unit.id == per);
        let rate = draft.unit.strip_prefix("VND/").is_some_and(money);
        let rate = self.region_of("VN").filter(|_| rate);
        named.or(world.filter(|_| self.is_of_world(draft))).or(rate).or(context.place).or(setting.place)
    }

    fn world(&self) -> Option<u16> {
        self.region_of("world")
    }

    fn region_of(&self, id: &str) -> Option<u16> {
        self.known().regions.all().iter().position(|region| region.id == id).map(|at| at as u16)
    }

    /// Ounces and barrels are traded on the world's market.
    fn is_of_world(&self, draft: &Draft) -> bool {
        let per = |per: &Denominator| per.world && draft.unit.strip_suffix(per.id.as_str()).is_some_and(|rest| rest.ends_with('/'));
        (draft.topic.kind == Some(Kind::Price) || !draft.unit.starts_with("VND")) && self.known().units.denominators.iter().any(per)
    }

    /// `tăng 0,5%, lên 1.400 USD/oz`: a change moves the price of the world's market that stands right beside it.
    fn moves_world(&self, drafts: &[Draft], at: usize, frame: &Frame) -> bool {
        let draft = &drafts[at];
        let moves = matches!(draft.measure, Measure::Change | Measure::Difference) && matches!(draft.unit.as_str(), "%" | "USD");
        let beside = |other: Option<usize>| {
            other.and_then(|other| drafts.get(other)).is_some_and(|other| {
                self.is_of_world(other)
                    && named(self, other, frame).is_none()
                    && (draft.topic_from != Found::Clause || other.topic_from != Found::Clause || draft.topic.text == other.topic.text)
            })
        };
        moves && named(self, draft, frame).is_none() && (beside(at.checked_sub(1)) || beside(Some(at + 1)))
    }

    /// A country behind a trade figure is a partner; elsewhere it is where the figure holds.
    fn is_region_abroad(&self, draft: &Draft, place: &Place) -> bool {
        let topic = draft.topic.indicator.map(|index| self.known().indicators[index as usize].topic.as_str());
        if self.known().regions.all()[place.region as usize].id == "world" {
            return topic != Some("foreign_trade");
        }
        // `GDP của các nước: UAE 9,7%`: the country is all that the clause names.
        let alone = draft.topic_from != Found::Clause && place.start >= draft.clause.0;
        (place.led || alone) && !matches!(topic, Some("foreign_trade" | "tourism" | "investment"))
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one row")]
    fn observation(
        &self,
        block: u32,
        sentence: &Sentence<'_>,
        draft: &Draft,
        quantity: &Quantity,
        sentence_text: &str,
        region: Option<u16>,
        period: Option<Period>,
        from: Option<PeriodFrom>,
        compared: Option<ComparedWith>,
    ) -> Observation {
        let tokens = sentence.tokens;
        let (start, end) = sentence.text.place(tokens[quantity.start].start, tokens[quantity.end - 1].end);
        let known = self.known();
        let id = |index: Option<u16>| index.map(|index| known.indicators[index as usize].id.clone());
        let province = region.is_some_and(|index| known.regions.all()[index as usize].kind == RegionKind::Province);
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Observation {
            block,
            sentence: sentence_text.to_owned(),
            quote: String::new(),
            start,
            end,
            value: draft.value.normalize(),
            value_high: draft.high.map(|high| high.normalize()),
            unit: draft.unit.clone(),
            unit_text: some(&words(sentence.text, tokens, quantity.unit.0, quantity.unit.1)),
            scale: quantity.scale,
            decimals: quantity.decimals,
            bound: draft.bound,
            measure: draft.measure,
            indicator: draft.topic.indicator.map(|index| {
                let indicator = &known.indicators[index as usize];
                indicator.provincial.as_ref().filter(|_| province).unwrap_or(&indicator.id).clone()
            }),
            indicator_text: some(&draft.topic.text),
            breakdown: some(&draft.topic.breakdown),
            industry: draft.topic.industry.map(|index| known.industries[index as usize].id.clone()),
            product: draft.topic.product.map(|index| known.products[index as usize].id.clone()),
            partner: draft.topic.partner.map(|index| known.partners[index as usize].id.clone()),
            of: id(draft.of),
            region: Some(region.map_or_else(|| "VN".to_owned(), |index| known.regions.all()[index as usize].id.clone())),
            period,
            period_from: from,
            compared_with: compared,
            status: draft.status,
            speaker: None,
            confidence: confidence::confidence(draft, from),
        }
    }
}

/// The place that a figure's sentence names for it.
fn named(grammar: &Grammar<'_>, draft: &Draft, frame: &Frame) -> Option<u16> {
    let world = grammar.world()?;
    let at = draft.place?;
    let accepted = |place: &&Place| !place.abroad || grammar.is_region_abroad(draft, place);
    // `Trên thị trường thế giới, giá tăng 10 USD khi chốt phiên Mỹ`: where no place of its own is meant, a price has the market's.
    let market = |place: &&Place| draft.topic.kind == Some(Kind::Price) && place.region == world && place.start >= draft.clause.0;
    let place = frame.places.get(at).filter(accepted).or_else(|| frame.places[..at].iter().rfind(market).filter(accepted));
    place.map(|place| place.region)
}

/// The one place that a sentence is about, which the sentences behind it go on from; several places are a list.
fn lasting_place(frame: &Frame) -> Option<u16> {
    let first = frame.places.first()?;
    let one = frame.places.iter().all(|place| place.region == first.region);
    (one && !first.abroad).then_some(first.region)
}

/// Whether a figure is a price or says how one moves, and not what one thing was sold for (`một tòa nhà giá 45 triệu USD`).
fn is_price(draft: &Draft) -> bool {
    let known = draft.topic.indicator.is_some() || draft.unit.contains('/') || draft.measure != Measure::Level;
    draft.topic.kind == Some(Kind::Price) && known
}

/// Whether a period is longer than two weeks.
fn is_long(period: Period) -> bool {
    (period.end() - period.start()).get_days() > 14
}

/// Whether `Ảnh:` stands behind a sentence: the place of a photograph is not that of the text.
fn is_caption(sentence: &Sentence<'_>) -> bool {
    let end = sentence.frame.range.1;
    let [Some(word), Some(mark)] = [sentence.tokens.get(end), sentence.tokens.get(end + 1)] else { return false };
    mark.is(':') && matches!(sentence.text.chars[word.start as usize..word.end as usize], ['Ả' | 'ả', 'n', 'h'])
}

/// Whether a period is a part of one calendar year.
fn is_within_a_year(period: Period) -> bool {
    !matches!(period, Period::Year(_)) && period.start().year() == period.end().year()
}

pub(crate) fn anchor(known: &Knowledge, setting: &Setting, draft: Option<&Draft>, current: Option<Period>) -> Anchor {
    let stock = draft.is_some_and(|draft| match draft.topic.kind {
        Some(Kind::Flow | Kind::Balance) => false,
        Some(Kind::Count) if draft.topic.indicator.is_some_and(|index| known.indicators[index as usize].events) => false,
        // An index of production or prices changes over the months up to the day.
        Some(Kind::Index) if draft.measure == Measure::Change => false,
        Some(_) => !matches!(draft.measure, Measure::Completion),
        None => !matches!(draft.unit.as_str(), "VND" | "USD" | "%"),
    });
    Anchor {
        today: setting.today,
        dated: setting.dated,
        placed: setting.placed,
        current,
        ahead: draft.is_some_and(|draft| matches!(draft.status, Status::Target | Status::Forecast)),
        stock,
    }
}
