//! What the text around a sentence gives its figures: periods, places, statuses.

use knowledge::{CueClass, Denominator, Kind, RegionKind, TimeUnit, UnitKind};
use model::{Bound, ComparedWith, Measure, Observation, Period, Status};
use rust_decimal::Decimal;
use smallvec::SmallVec;

use crate::confidence;
use crate::elsewhere::is_venue;
use crate::frame::{Frame, Part};
use crate::goals::{follow_goal, has_been_reached, is_goal};
use crate::lasting::last_dated;
use crate::mark::Particle;
use crate::period::{self, Expr, Mention, Role, YearRef};
use crate::place::Place;
use crate::quantity::unit::factor;
use crate::quantity::{Measured, Quantity};
use crate::reader::{Grammar, Reading};
use crate::setting::{Setting, anchor};
use crate::settling::{Settled, Settling};
use crate::statement::narrowing::Theme;
use crate::statement::{Against, Draft, Found, Sentence};
use crate::topic::{Topic, words};

/// So many đồng are no price of anything that the world's market trades.
const SUM: Decimal = Decimal::from_parts(1_000_000_000, 0, 0, false, 0);

/// Blocks after which a province is no longer the one that a text points to.
const NEAR: u32 = 2;

/// What the text before a sentence says about it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Context {
    pub(crate) period: Option<Period>,
    /// The moment up to which its last dated figures were counted, if they were.
    pub(crate) until: Option<Mention>,
    /// When that held which the text before set out from (`từ 7% của quý trước lên 8%`), or compared with.
    pub(crate) start: Option<Period>,
    /// The span of years that was named last (`Giai đoạn 2016-2021 …. Cũng trong giai đoạn này, …`).
    pub(crate) span: Option<Period>,
    /// The block that named it.
    pub(crate) dated_in: u32,
    pub(crate) place: Option<u16>,
    /// The place that the block before went on with.
    pub(crate) told_at: Option<u16>,
    /// The country abroad that was named last.
    pub(crate) abroad: Option<u16>,
    /// The province that was named last, and the block that named it.
    pub(crate) local: Option<(u16, u32)>,
    /// The block of the sentence.
    pub(crate) block: u32,
    /// Whether the sentence points to the province that it is about (`trên địa bàn tỉnh`).
    pub(crate) here: bool,
    /// Whether its last figure was a price of the world's market.
    pub(crate) of_world: bool,
    /// The place that a heading names for the blocks under it.
    pub(crate) headed: Option<u16>,
    /// How firm the items under a line with a colon are, and what they are compared with.
    pub(crate) listed: Option<(Status, Option<Mention>)>,
    pub(crate) topic: Option<Topic>,
    /// The words by which shares are called.
    pub(crate) shares: Option<String>,
    /// Whom and what it was about.
    pub(crate) theme: Theme,
    /// Who told something last.
    pub(crate) speaker: Option<String>,
    pub(crate) measure: Option<Measure>,
    pub(crate) status: Option<Status>,
    /// The block that said how firm its figures are.
    pub(crate) stated_in: u32,
    /// Whether it tells of the parts of something, sentence by sentence.
    pub(crate) split: bool,
    /// What the last change was compared with.
    pub(crate) against: Option<Mention>,
}

impl Context {
    /// Goes on with the time of a sentence without figures.
    fn turn_to(&mut self, period: Option<Period>) {
        if period.is_some() {
            (self.period, self.until, self.start) = (period, None, None);
        }
    }

    /// A level that something sets out from and that nothing dates holds when those before it did (`A tăng từ 40% của quý trước lên 43%,
    /// B tăng từ 45% lên 53%`), or when the text has compared with.
    fn set_out(&mut self, sentence: &Sentence<'_>, draft: &Draft, figure: &mut Settled) {
        let sets_out = draft.cue.has(CueClass::From) && draft.measure != Measure::Change;
        let told = draft.mention_from == Found::Clause || draft.earlier;
        let days = draft.mention.is_some_and(|mention| matches!(mention.expr, Expr::Days(..)));
        let before = |start: &Period| figure.period.is_some_and(|own| start.end() < own.start() && is_as_long(*start, own));
        if sets_out
            && !told
            && !days
            && draft.bound != Bound::AtLeast
            && !draft.unit.contains('/')
            && sentence.sets_out(draft)
            && let Some(start) = self.start.filter(before)
        {
            figure.period = Some(start);
        }
        match figure.compared {
            _ if sets_out && told => self.start = figure.period,
            Some(ComparedWith::Period(basis)) => self.start = Some(basis),
            _ => {}
        }
    }

    /// Keeps what the last figures of a sentence leave to the sentences behind.
    pub(crate) fn go_on_from(&mut self, drafts: &[Draft]) {
        let Some(last) = drafts.last() else { return };
        // (`đạt 7,6% chỉ tiêu (58.800 tỷ đồng)`: the plan in a bracket is not what the text goes on with)
        // (nor is what is compared with: `ước tăng 3,1%, thấp hơn mức tăng 9,3% của cùng kỳ`)
        self.stated_in = self.block;
        self.status = Some(drafts.iter().rfind(|draft| !draft.planned && !draft.basis).unwrap_or(last).status);
        self.against = drafts.iter().rev().find_map(|draft| match draft.against {
            Some(Against::Mention(mention)) if draft.base.is_none() => Some(mention),
            _ => None,
        });
        self.measure = drafts.iter().rfind(|draft| draft.unit == "%").map(|draft| draft.measure).or(self.measure);
    }
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
        if drafts.is_empty() {
            context.leave_past(frame, setting);
            context.turn_to(Self::time_alone(sentence, setting, context));
        }
        let years = frame.mentions.iter().rfind(|mention| mention.role == Role::Own && matches!(mention.expr, Expr::Years(..)));
        context.span = years.and_then(|mention| period::resolve(mention, &anchor(setting, context.period))).or(context.span);
        context.abroad = self.country_abroad(frame.places.iter()).or(context.abroad);
        context.local = self.province(frame).map(|region| (region, block)).or(context.local);
        (context.block, context.here) = (block, !drafts.is_empty() && sentence.points_here());
        let last = if drafts.is_empty() { frame.range.0 } else { frame.range.1 };
        let sentence_text = words(sentence.text, sentence.tokens, frame.range.0, last);
        // (`Trong đó …` goes on with the paragraph before it)
        let elsewhere = block != context.dated_in && !(frame.range.0 == 0 && sentence.splits());
        let mut settled: SmallVec<[Settled; 8]> = SmallVec::new();
        for at in 0..drafts.len() {
            follow_goal(&mut drafts[at], sentence, context, setting, elsewhere);
            drafts[at].basis |= is_multiplied(drafts, at);
            let mut figure = Settling { grammar: self, frame, drafts, settled: &settled, setting, context, elsewhere }.figure(at);
            context.set_out(sentence, &drafts[at], &mut figure);
            if setting.dated && is_goal(&drafts[at], figure.period, setting.today) {
                drafts[at].status = Status::Target;
            }
            let before = settled.last().and_then(|figure| figure.period);
            let past = has_been_reached(&drafts[at], figure.period, setting.today);
            if setting.dated && (past || sentence.recalls(&drafts[at], figure.period, before, setting.today)) {
                drafts[at].status = Status::Actual;
            }
            reading.observations.push(self.observation(block, sentence, &drafts[at], &sentence_text, &figure));
            settled.push(figure);
        }
        // (`hôm nay giá giảm …. Hiện mỗi đêm có 2.600 con …. Giá tại Cà Mau tăng …`: the day of the text goes on)
        let priced = sentence.before.is_some_and(|topic| topic.kind == Some(Kind::Price) && topic.indicator.is_some());
        let today = priced && setting.dated && context.period == Some(Period::Day(setting.today));
        if let Some(at) = last_dated(sentence, drafts, &settled, setting)
            && settled[at].period.is_some()
            && !(today && drafts[at].mention.is_some_and(|mention| mention.expr == Expr::Now))
        {
            context.period = settled[at].period;
            context.until = drafts[at].mention.filter(|mention| mention.until);
            context.dated_in = block;
        }
        context.of_world = match (drafts.last(), settled.last()) {
            (Some(draft), Some(figure)) => {
                self.places().world.is_some_and(|world| figure.region == Some(world)) && draft.topic.kind == Some(Kind::Price)
            }
            _ => context.of_world && !frame.places.iter().any(|place| Some(place.region) == self.places().nation),
        };
        context.abroad = self.country_abroad(frame.places.iter().rev()).or(context.abroad);
        context.place = match self.place_to_go_on(sentence, drafts, setting).or_else(|| self.country_of_all(frame, drafts, &settled)) {
            // (what is told of another place ends a country abroad)
            None if settled.iter().any(|figure| figure.region != context.place && self.is_country_abroad(context.place)) => context.headed,
            place => place.or(context.place),
        };
    }

    /// The country abroad that a sentence names for all of its figures and whose own they are (`GDP Mỹ tăng 2%`).
    fn country_of_all(&self, frame: &Frame, drafts: &[Draft], settled: &[Settled]) -> Option<u16> {
        let region = settled.first()?.region.filter(|region| self.is_country_abroad(Some(*region)))?;
        let all = settled.iter().all(|figure| figure.region == Some(region)) && drafts.iter().any(|draft| draft.place.is_some());
        frame.places.first().filter(|place| all && place.own && place.region == region).map(|place| place.region)
    }

    /// Whether a place is a country abroad.
    pub(crate) fn is_country_abroad(&self, region: Option<u16>) -> bool {
        let country = |region: u16| self.known().regions.all()[region as usize].kind == RegionKind::Country;
        region.is_some_and(|region| country(region) && Some(region) != self.places().nation)
    }

    /// The time that a sentence without figures names for those behind it (`Quý I/2025, kinh tế khởi sắc.`, `Giá giảm khi bước vào phiên
    /// sáng nay. Lúc 9h30, …`).
    fn time_alone(sentence: &Sentence<'_>, setting: &Setting, context: &Context) -> Option<Period> {
        let frame = sentence.frame;
        let this_day = |m: &Mention| matches!(m.expr, Expr::Shift(0, TimeUnit::Day));
        if setting.markets && setting.dated && frame.mentions.last().is_some_and(this_day) {
            return Some(Period::Day(setting.today));
        }
        let opens = |m: &&Mention| m.role == Role::Own && m.expr != Expr::Vague && m.start <= frame.range.0 + 2;
        // (a text that begins with years that are over tells of these: `Theo Bộ, giai đoạn 2015-2020, các gói thầu tăng`)
        let over = |m: &Mention| {
            let years = matches!(m.expr, Expr::Years(..)) && m.role == Role::Own && setting.dated && context.period.is_none();
            years && period::resolve(m, &anchor(setting, None)).is_some_and(|span| span.end() < setting.today)
        };
        let lasts = |m: &&Mention| (m.carries_on() || over(m)) && m.expr != Expr::Now;
        let mention =
            frame.mentions.iter().find(opens).filter(lasts).or_else(|| sentence.set_apart().filter(lasts)).or_else(|| only_dated(frame))?;
        period::resolve(mention, &anchor(setting, context.period))
    }

    /// The place that the sentences behind a sentence go on with.
    fn place_to_go_on(&self, sentence: &Sentence<'_>, drafts: &[Draft], setting: &Setting) -> Option<u16> {
        if is_caption(sentence) {
            return None;
        }
        // (a text about a country abroad goes on with it, wherever its actors come from: `doanh nghiệp Việt Nam góp 51%`)
        let regions = self.known().regions.all();
        let abroad = setting.place.is_some_and(|region| regions[region as usize].kind == RegionKind::Country);
        // (`Công ty sẽ họp đại hội cổ đông tại TP.HCM. Theo đó, doanh thu đạt …`)
        let venue = drafts.is_empty() && sentence.frame.places.iter().any(|place| is_venue(sentence.hits, sentence.frame.range, place));
        // (`Trung Quốc là thị trường lớn nhất của cá tra Việt Nam`: beside partners alone stands the country that the text goes on with)
        let places = &sentence.frame.places;
        let home = |place: &Place| Some(place.region) == self.places().nation && place.whole;
        let beside = places.iter().any(home) && places.iter().all(|place| place.abroad || home(place));
        let only = self.places().nation.filter(|_| beside);
        let lasting = lasting_place(sentence.frame, self.places().nation)
            .or(only)
            .filter(|region| !(venue || abroad && regions[*region as usize].id == "VN"));
        lasting.or_else(|| self.places().nation.filter(|_| drafts.iter().any(|draft| draft.provinces)))
    }

    /// The place of a figure: its clause's, its sentence's, its paragraph's, the article's, the country.
    pub(crate) fn region(&self, draft: &Draft, frame: &Frame, context: &Context, setting: &Setting) -> Option<u16> {
        let world = self.places().world;
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
        let rate = self.places().nation.filter(|_| rate);
        // `Theo hải quan Ấn Độ, xuất khẩu của nước này đạt 5 tỷ USD`
        let there = context.abroad.filter(|_| draft.there);
        let of_world = self.is_of_world(draft) || context.of_world && moves_on(draft);
        // `lũ làm 7 người chết tại 12 tỉnh`: provinces are counted in the whole country
        let whole = self.places().nation.filter(|_| draft.provinces);
        // (a country abroad goes on with what its economy is measured by, and with what was told of it)
        let economy = draft.topic_from != Found::Clause || draft.topic.is_of_economy(self.known());
        let home = draft.unit.starts_with("VND") || draft.topic.has_partners(self.known()) || !economy;
        let before = context.place.filter(|_| !(home && self.is_country_abroad(context.place)));
        let here = self.province_here(draft, context, before.or(setting.place), setting).filter(|_| {
            // `… Hải Dương. Bộ Tài chính giao dự toán thu trên địa bàn tỉnh là 15 tỷ đồng`: who sets a goal for the province is no place
            let office = |at: usize| frame.places[at].office && Some(frame.places[at].region) == self.places().nation;
            there.is_none() && (named.is_none() || draft.place.is_some_and(office))
        });
        // (`kim ngạch giữa Việt Nam và Philippines` is Vietnam's, however often the text names its partner)
        let traded = self.places().nation.filter(|_| setting.of_two && draft.topic.field(self.known()) == Some("foreign_trade"));
        here.or(named).or(there).or(world.filter(|_| of_world)).or(rate).or(whole).or(before).or(traded).or(setting.place)
    }

    /// The province that a sentence points to (`trên địa bàn tỉnh`): the one that was told of, or that was named last.
    fn province_here(&self, draft: &Draft, context: &Context, told: Option<u16>, setting: &Setting) -> Option<u16> {
        if !context.here || draft.provinces {
            return None;
        }
        let local = |region: &u16| self.known().regions.all()[*region as usize].kind == RegionKind::Province;
        let last = context.local.filter(|(_, named_in)| context.block <= named_in + NEAR).map(|(region, _)| region);
        told.filter(local).or(setting.place.filter(local)).or(last)
    }

    /// The one province that a sentence names.
    fn province(&self, frame: &Frame) -> Option<u16> {
        let local = |place: &&Place| self.known().regions.all()[place.region as usize].kind == RegionKind::Province;
        let mut provinces = frame.places.iter().filter(local).map(|place| place.region);
        let first = provinces.next()?;
        provinces.all(|other| other == first).then_some(first)
    }

    /// The first country abroad among places.
    fn country_abroad<'p>(&self, mut places: impl Iterator<Item = &'p Place>) -> Option<u16> {
        let country = |place: &&Place| place.abroad && self.known().regions.all()[place.region as usize].kind == RegionKind::Country;
        places.find(country).map(|place| place.region)
    }

    /// Ounces and barrels are traded on the world's market.
    fn is_of_world(&self, draft: &Draft) -> bool {
        let per = |per: &Denominator| per.world && draft.unit.strip_suffix(per.id.as_str()).is_some_and(|rest| rest.ends_with('/'));
        (draft.topic.kind == Some(Kind::Price) || !draft.unit.starts_with("VND")) && self.known().units.denominators.iter().any(per)
    }

    /// `tăng 0,5%, lên 1.400 USD/oz`: a change moves the price of the world's market that stands right beside it.
    pub(crate) fn moves_world(&self, drafts: &[Draft], at: usize, frame: &Frame) -> bool {
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
    fn is_region_abroad(&self, draft: &Draft, frame: &Frame, place: &Place) -> bool {
        if self.known().regions.all()[place.region as usize].id == "world" {
            // (`thương mại toàn cầu` is the world's own, `xuất khẩu ra thế giới` is not)
            let own = || frame.names.iter().any(|name| name.start < place.start && place.end <= name.end);
            return draft.topic.field(self.known()) != Some("foreign_trade") || own();
        }
        // (`Fed hạ lãi suất khiến giá vàng tăng 2%` is no price of that country)
        // (`2.800 tỷ đồng vốn vay của Chính phủ Bỉ`: behind a figure stands a partner)
        let (near, ahead) = (place.start >= draft.clause.0, place.start < draft.clause.1);
        if place.own && ahead && (near || draft.topic.kind != Some(Kind::Price) && !place.office) {
            return true;
        }
        // `GDP của các nước: UAE 9,7%`: the country is all that the clause names, or stands before the bracket (`UAE (9,7%)`).
        let before = place.end + 1 == draft.clause.0;
        let bracketed = before && frame.depth(draft.clause.0.min(frame.range.1 - 1)) > frame.depth(place.start);
        let within = place.start >= draft.clause.0 || before;
        let alone = draft.topic_from != Found::Clause && within && (bracketed || !self.is_into(frame, place));
        (place.led || alone) && !draft.topic.has_partners(self.known())
    }

    /// Whether the country itself is named before a place abroad: `đầu tư vào Việt Nam, Đài Loan có 34 dự án` is of a partner.
    fn is_into(&self, frame: &Frame, place: &Place) -> bool {
        let nation = self.places().nation;
        frame.places.iter().any(|home| Some(home.region) == nation && home.whole && home.end <= place.start)
    }

    /// What the number of a figure is multiplied by: its scale words, what its unit is of the code's (`5 cm`), and a hundredth
    /// where a percentage says a multiple (`bằng 71,7% cùng kỳ`).
    fn multiplier(&self, quantity: &Quantity, draft: &Draft) -> Decimal {
        let units = &self.known().units;
        let percent = match quantity.measured {
            Measured::Fraction => true,
            Measured::Unit(unit) => units.units[unit as usize].kind == UnitKind::Percent,
            _ => false,
        };
        let part = if percent && draft.unit == "x" { Decimal::ONE / Decimal::ONE_HUNDRED } else { Decimal::ONE };
        (quantity.scale * factor(units, quantity.measured, quantity.per) * part).normalize()
    }

    /// The row of a figure.
    fn observation(&self, block: u32, sentence: &Sentence<'_>, draft: &Draft, sentence_text: &str, figure: &Settled) -> Observation {
        let Settled { period, from, compared, region } = *figure;
        let quantity = &sentence.frame.quantities[draft.quantity];
        let tokens = sentence.tokens;
        let (start, end) = sentence.text.place(tokens[quantity.start].start, tokens[quantity.end - 1].end);
        let known = self.known();
        let id = |index: Option<u16>| index.map(|index| known.indicators[index as usize].id.clone());
        let region = region.map(|index| &known.regions.all()[index as usize]);
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
            unit_text: Some(words(sentence.text, tokens, quantity.unit.0, quantity.unit.1)).filter(|text| !text.is_empty()),
            scale: self.multiplier(quantity, draft),
            decimals: quantity.decimals,
            bound: draft.bound,
            measure: draft.measure,
            indicator: draft
                .topic
                .indicator
                // (`12 khoản thu` are no sum, whatever goes on from them)
                .filter(|index| {
                    let counted = draft.unit == "count" && quantity.measured != Measured::Bare;
                    !(counted && known.indicators[*index as usize].unit.as_deref() == Some("VND"))
                })
                .map(|index| known.indicators[index as usize].id_in(region.map(|region| region.kind)).to_owned()),
            indicator_text: some(&draft.topic.text),
            // (what narrows it is looked for when all else is settled)
            breakdown: None,
            industry: None,
            product: None,
            partner: None,
            of: id(draft.of),
            region: Some(region.map_or_else(|| "VN".to_owned(), |region| region.id.clone())),
            period,
            period_from: from,
            compared_with: compared,
            status: draft.status,
            speaker: None,
            confidence: confidence::confidence(draft, from),
        }
    }
}

/// Whether two periods are as long as each other, but for the days of their months.
fn is_as_long(one: Period, other: Period) -> bool {
    let days = |period: Period| (period.end() - period.start()).get_days();
    (days(one) - days(other)).abs() <= 3
}

/// `gấp ba lần mức lỗ 300 tỷ đồng của năm trước`: whether a figure is the level that the multiple before it is taken of.
fn is_multiplied(drafts: &[Draft], at: usize) -> bool {
    let draft = &drafts[at];
    at > 0
        && drafts[at - 1].unit == "x"
        && draft.mention_from == Found::Clause
        && draft.measure == Measure::Level
        && draft.mention.is_some_and(|mention| mention.is_before())
}

/// Whether a figure says how a price moves that the sentence before told of (`Tính chung cả tuần, giá kim loại quý vẫn tăng 0,4%`).
fn moves_on(draft: &Draft) -> bool {
    draft.place.is_none()
        && draft.topic.kind == Some(Kind::Price)
        && draft.topic_from != Found::Nowhere
        && matches!(draft.unit.as_str(), "%" | "USD")
}

/// The place that a figure's sentence names for it.
fn named(grammar: &Grammar<'_>, draft: &Draft, frame: &Frame) -> Option<u16> {
    let world = grammar.places().world?;
    let at = draft.place?;
    let accepted = |place: &&Place| !place.abroad || grammar.is_region_abroad(draft, frame, place);
    // `Trên thị trường thế giới, giá tăng 10 USD khi chốt phiên Mỹ`: where no place of its own is meant, a price has the market's.
    let market = |place: &&Place| draft.topic.kind == Some(Kind::Price) && place.region == world && place.start >= draft.clause.0;
    let place = frame.places.get(at).filter(accepted).or_else(|| frame.places[..at].iter().rfind(market).filter(accepted));
    place.map(|place| place.region)
}

/// The only time of a sentence, a part of a stated year: months of it (`… nhập khẩu trong 11 tháng năm 2020.`), or one that stands right
/// behind what it is told of (`Thị trường tháng 12/2020 giảm.`).
fn only_dated(frame: &Frame) -> Option<&Mention> {
    let [mention] = frame.mentions.as_slice() else { return None };
    let opens = || (frame.range.0..mention.start).all(|at| matches!(frame.part(at), Part::Name(_) | Part::Place(_) | Part::Light));
    let part = match mention.expr {
        Expr::FirstMonths(_, YearRef::Named(_)) => true,
        Expr::Half(_, YearRef::Named(_)) | Expr::Quarter(_, YearRef::Named(_)) | Expr::Month(_, YearRef::Named(_)) => opens(),
        _ => false,
    };
    Some(mention).filter(|m| part && m.carries_on() && !m.until)
}

/// The one place that a sentence is about, which the sentences behind it go on from; several places are a list.
///
/// (`tăng 7,5% (cao hơn mức 4,89% của cả nước)`: what a bracket compares with the country is told of no other place)
fn lasting_place(frame: &Frame, nation: Option<u16>) -> Option<u16> {
    let mut told = frame.places.iter().filter(|place| frame.depth(place.start) == 0 || Some(place.region) != nation);
    let first = told.next()?;
    let one = told.all(|place| place.region == first.region);
    (one && !first.abroad).then_some(first.region)
}

/// Whether `Ảnh:` stands behind a sentence: the place of a photograph is not that of the text.
fn is_caption(sentence: &Sentence<'_>) -> bool {
    let end = sentence.frame.range.1;
    sentence.hits.says(end, Particle::Photo) && sentence.tokens.get(end + 1).is_some_and(|mark| mark.is(':'))
}
