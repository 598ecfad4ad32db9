//! What the text around a sentence gives its figures: periods, places, statuses.

use jiff::civil::Date;
use knowledge::{CueClass, Kind, Knowledge, RegionKind, TimeUnit, UnitKind};
use model::{ComparedWith, Measure, Observation, Period, PeriodFrom, Status};

use crate::confidence;
use crate::frame::Frame;
use crate::period::{self, Anchor, Expr, Mention, Role, YearRef};
use crate::place::Place;
use crate::quantity::Quantity;
use crate::reader::{Grammar, Reading};
use crate::statement::narrowing::Theme;
use crate::statement::{Against, Draft, Found, Sentence};
use crate::topic::{Topic, words};

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
    pub(crate) titled: u64,
    /// The span that the text is about.
    pub(crate) span: Option<Period>,
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
        let mut periods: Vec<Option<Period>> = Vec::with_capacity(drafts.len());
        let mut bases: Vec<Option<Period>> = Vec::with_capacity(drafts.len());
        let mut regions: Vec<Option<u16>> = Vec::with_capacity(drafts.len());
        let sentence_text = words(sentence.text, sentence.tokens, frame.range.0, frame.range.1);
        for at in 0..drafts.len() {
            Self::follow_goal(&mut drafts[at], frame, context, setting);
            let draft = &drafts[at];
            let base = draft.base.and_then(|quantity| drafts.iter().position(|d| d.quantity == quantity)).or(at.checked_sub(1));
            let base_period = base.and_then(|at| periods.get(at).copied().flatten()).or(context.period);
            let anchor = anchor(self.known(), setting, Some(draft), context.period);
            let earlier = base.filter(|_| draft.earlier).and_then(|at| bases[at]);
            let (period, from) = match earlier {
                Some(period) => (Some(period), Some(PeriodFrom::Sentence)),
                None => self.period(draft, base_period, &anchor, context, setting),
            };
            let compared = match draft.against {
                Some(Against::Plan) => Some(ComparedWith::Plan),
                Some(Against::Mention(mention)) => period::basis(mention.expr, period, &anchor).map(ComparedWith::Period),
                None => None,
            };
            let named = self.region(draft, frame, context, setting);
            // `82 USD/thùng (tăng 1,3%)`: a price moves where it holds.
            let moves = draft.topic.kind == Some(Kind::Price) && draft.topic_from != Found::Clause && draft.place.is_none();
            let region = base.filter(|_| moves && draft.unit == "%").map_or(named, |at| regions[at]);
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
            let event =
                |m: &Mention| matches!(m.expr, Expr::Day(..)) && !m.until && matches!(draft.topic.kind, Some(Kind::Flow | Kind::Balance));
            draft.mention_from == Found::Clause
                && draft.base.is_none()
                && !draft.basis
                && draft.mention.is_some_and(|m| ((m.carries_on() && !event(&m)) || to_date(&m)) && !sentence.is_of_item(&m))
        }) {
            context.period = periods[at].or(context.period);
        }
        context.place = lasting_place(frame).or(context.place);
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
            let now = matches!(mention.expr, Expr::Now | Expr::Relative(..)) && !anchor.dated && anchor.placed;
            let own = own.or_else(|| setting.span.or(Some(Period::Year(anchor.today.year()))).filter(|_| now));
            if own.is_some() {
                return (own, Some(from));
            }
        }
        // What has been measured holds at no time to come.
        let ahead = |period: &Period| anchor.dated && !anchor.ahead && period.start() > anchor.today;
        if let Some(period) = context.period.filter(|period| !ahead(period)) {
            // A goal is the year's, whatever part of it the text reported on before.
            let goal = draft.status == Status::Target && draft.measure != Measure::Completion && is_within_a_year(period);
            return (Some(if goal { Period::Year(period.year()) } else { period }), Some(PeriodFrom::Context));
        }
        let today = anchor.today;
        let daily = self.is_daily(draft, setting);
        if let Some(span) = setting.span.filter(|_| !daily) {
            return (Some(span), Some(PeriodFrom::Context));
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

    /// Whether a figure is one of a day: a price, an index, anything in a report of the markets.
    fn is_daily(&self, draft: &Draft, setting: &Setting) -> bool {
        setting.markets || matches!(draft.topic.kind, Some(Kind::Price)) || self.kind(draft, UnitKind::Index)
    }

    fn kind(&self, draft: &Draft, kind: UnitKind) -> bool {
        self.known().units.units.iter().any(|unit| unit.kind == kind && unit.id == draft.unit)
    }

    /// The place of a figure: its clause's, its sentence's, its paragraph's, the article's, the country.
    fn region(&self, draft: &Draft, frame: &Frame, context: &Context, setting: &Setting) -> Option<u16> {
        let named = draft.place.map(|at| frame.places[at]).filter(|place| !place.abroad || self.is_region_abroad(draft, place));
        // Ounces and barrels are traded on the world's market.
        let world = draft.topic.kind == Some(Kind::Price)
            && self
                .known()
                .units
                .denominators
                .iter()
                .any(|per| per.world && draft.unit.strip_suffix(per.id.as_str()).is_some_and(|rest| rest.ends_with('/')));
        let world =
            if world { self.known().regions.all().iter().position(|region| region.id == "world").map(|at| at as u16) } else { None };
        named.map(|place| place.region).or(world).or(context.place).or(setting.place)
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

/// The one place that a sentence is about, which the sentences behind it go on from; several places are a list.
fn lasting_place(frame: &Frame) -> Option<u16> {
    let first = frame.places.first()?;
    let one = frame.places.iter().all(|place| place.region == first.region);
    (one && !first.abroad).then_some(first.region)
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
