//! Reads an article: blocks to sentences to statements, and gives every statement the context it lacks.

use jiff::civil::Date;
use knowledge::{Kind, Knowledge, RegionKind, UnitKind};
use model::{Article, BlockKind, ComparedWith, Measure, Observation, Period, PeriodFrom, Status, Unread};
use rustc_hash::FxHashSet;

use crate::confidence;
use crate::frame::Frame;
use crate::lexicon::{Hits, Lexicon, Mark, Where};
use crate::period::{self, Anchor, Expr, Mention, Role, YearRef};
use crate::place::{Place, Places};
use crate::quantity::{self, NotRead, Quantity};
use crate::sentence::sentences;
use crate::statement::{Against, Draft, Found, Sentence};
use crate::table;
use crate::text::Text;
use crate::token::{Token, tokens};
use crate::topic::{Topic, strength, stretch, words};

/// The grammar over its tables; built once, used by all threads.
#[derive(Debug)]
pub struct Grammar<'k> {
    known: &'k Knowledge,
    lexicon: Lexicon,
    places: Places,
    abbreviations: FxHashSet<Vec<char>>,
}

/// What an article states.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The day of publication that the text implies, where the article states none.
    pub published: Option<Date>,
    /// Its figures, in order of place.
    pub observations: Vec<Observation>,
    /// Numbers that were seen and not understood, in order of place.
    pub unread: Vec<Unread>,
}

/// A sentence as it was read, for whoever wants to explain it.
pub(crate) struct Scene<'s> {
    pub(crate) text: &'s Text,
    pub(crate) tokens: &'s [Token],
    pub(crate) frame: &'s Frame,
    pub(crate) drafts: &'s [Draft],
    pub(crate) observations: &'s [Observation],
}

/// Buffers that every sentence uses again.
#[derive(Default)]
pub(crate) struct Scratch {
    pub(crate) text: Text,
    pub(crate) tokens: Vec<Token>,
    pub(crate) hits: Hits,
    key: String,
    pub(crate) sentences: Vec<(usize, usize)>,
    pub(crate) frame: Frame,
    taken: Vec<bool>,
    unread: Vec<NotRead>,
}

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
    measure: Option<Measure>,
    status: Option<Status>,
    /// What the last change was compared with.
    against: Option<Mention>,
}

/// What holds for the whole article.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Setting {
    pub(crate) today: Date,
    pub(crate) dated: bool,
    /// Whether the text gives any hold on time.
    pub(crate) placed: bool,
    /// Which specialisations the title calls for, a bit each.
    pub(crate) titled: u64,
    /// The span that the text is about.
    pub(crate) span: Option<Period>,
    pub(crate) place: Option<u16>,
    pub(crate) english: bool,
}

impl<'k> Grammar<'k> {
    /// Builds the automaton from the tables.
    pub fn new(known: &'k Knowledge) -> Self {
        Self {
            lexicon: Lexicon::new(known),
            places: Places::new(known),
            abbreviations: known.lexicon.abbreviations.iter().map(|word| word.chars().collect()).collect(),
            known,
        }
    }

    /// Reads an article's blocks.
    pub fn read(&self, article: &Article) -> Reading {
        self.read_with(article, &mut |_| {})
    }

    pub(crate) fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    pub(crate) fn known(&self) -> &'k Knowledge {
        self.known
    }

    /// Reads an article and shows every sentence to a witness.
    pub(crate) fn read_with(&self, article: &Article, witness: &mut dyn FnMut(&Scene<'_>)) -> Reading {
        let mut scratch = Scratch::default();
        let survey = self.survey(article, &mut scratch);
        let published = article.published.map(model::When::day);
        let inferred = if published.is_none() { survey.published(article.rendered.map(model::When::day)) } else { None };
        let today = published.or(inferred);
        let year = survey.main_year().unwrap_or(2000);
        let mut setting = Setting {
            span: None,
            titled: survey.titled,
            today: today.unwrap_or(jiff::civil::date(year, 12, 31)),
            dated: today.is_some(),
            placed: today.is_some() || survey.main_year().is_some(),
            place: survey.main_place(self.known, article),
            english: survey.english > survey.vietnamese,
        };
        setting.span = survey
            .main_span()
            .and_then(|mention| period::resolve(&mention, &anchor(&setting, None, None)))
            .filter(|span| !setting.dated || (span.start() <= setting.today && span.end().year() + 1 >= setting.today.year()));
        let mut reading = Reading { published: inferred, ..Reading::default() };
        let mut context = Context::default();
        let mut index = 0;
        while let Some(block) = article.blocks.get(index) {
            let at = index;
            index += 1;
            let Some((start, _)) = block.span else { continue };
            if let Some(grid) = table::grid(article, at) {
                self.table(article, &grid, &mut scratch, &setting, &context, &mut reading);
                index = grid.last.max(index);
                continue;
            }
            let setting = match (block.kind, article.rendered) {
                // Another article's headline: its time is the page's, its place its own.
                (BlockKind::Related, Some(rendered)) => Setting { today: rendered.day(), dated: true, place: None, ..setting },
                _ => setting,
            };
            if block.kind == BlockKind::Related {
                context = Context::default();
            }
            context.place = context.headed;
            scratch.text.set(&block.text, start);
            self.block(at as u32, &block.text, &mut scratch, &setting, &mut context, &mut reading, witness);
        }
        reading
    }

    /// Says how one sentence was read, part by part, for people.
    pub fn explain(&self, sentence: &str, published: Option<Date>) -> String {
        crate::explain::explain(self, sentence, published)
    }

    pub(crate) fn scan(&self, scratch: &mut Scratch) {
        tokens(&scratch.text, &self.lexicon, &mut scratch.key, &mut scratch.tokens);
        self.lexicon.scan(&scratch.tokens, &mut scratch.hits);
        sentences(&scratch.text, &scratch.tokens, &self.abbreviations, &mut scratch.sentences);
    }

    #[expect(clippy::too_many_arguments, reason = "what a block is read with, and who watches")]
    fn block(
        &self,
        block: u32,
        piece: &str,
        scratch: &mut Scratch,
        setting: &Setting,
        context: &mut Context,
        reading: &mut Reading,
        witness: &mut dyn FnMut(&Scene<'_>),
    ) {
        self.scan(scratch);
        for index in 0..scratch.sentences.len() {
            let range = scratch.sentences[index];
            self.frame(scratch, range, setting, context);
            let before = context.topic.take();
            let sentence = Sentence {
                known: self.known,
                text: &scratch.text,
                tokens: &scratch.tokens,
                hits: &scratch.hits,
                frame: &scratch.frame,
                patterns: self.lexicon.patterns(),
                before: before.as_ref(),
                before_measure: context.measure,
                before_status: context.status.unwrap_or(Status::Actual),
                before_against: context.against,
                listed: context.listed.filter(|_| index == 0 && is_item(piece)),
            };
            let mut drafts = sentence.drafts();
            self.specialise(&mut drafts, scratch, setting);
            self.by_product(&mut drafts);
            self.price_of_goods(&mut drafts);
            let from = reading.observations.len();
            let listed = sentence.announcement();
            self.resolve(block, &sentence, &drafts, setting, context, reading);
            for (observation, draft) in reading.observations[from..].iter_mut().zip(&drafts) {
                let quantity = &scratch.frame.quantities[draft.quantity];
                let quote = scratch.text.verbatim(piece, scratch.tokens[quantity.start].start, scratch.tokens[quantity.end - 1].end);
                quote.clone_into(&mut observation.quote);
            }
            witness(&Scene {
                text: &scratch.text,
                tokens: &scratch.tokens,
                frame: &scratch.frame,
                drafts: &drafts,
                observations: &reading.observations[from..],
            });
            let alone = drafts.is_empty() && scratch.sentences.len() == 1;
            if let [place] = scratch.frame.places[..]
                && alone
                && range.1 - range.0 <= 8
                && !place.abroad
            {
                context.headed = Some(place.region);
            }
            if drafts.is_empty() {
                context.listed = listed;
            }
            if let Some(last) = drafts.last() {
                context.status = Some(last.status);
                context.against = drafts.iter().rev().find_map(|draft| match draft.against {
                    Some(Against::Mention(mention)) if draft.base.is_none() => Some(mention),
                    _ => None,
                });
                context.measure = drafts.iter().rfind(|draft| draft.unit == "%").map(|draft| draft.measure).or(context.measure);
            }
            context.topic = drafts
                .iter()
                .rfind(|draft| draft.base.is_none())
                .map(|draft| draft.topic.clone())
                .or_else(|| self.announced(scratch))
                .or(before);
            for unread in &scratch.unread {
                let (start, end) = scratch.text.place(scratch.tokens[unread.start].start, scratch.tokens[unread.end - 1].end);
                reading.unread.push(Unread {
                    block,
                    quote: scratch.text.verbatim(piece, scratch.tokens[unread.start].start, scratch.tokens[unread.end - 1].end).to_owned(),
                    start,
                    end,
                    why: unread.why.to_owned(),
                });
            }
        }
    }

    /// A product makes a general indicator its own (`production_volume` of paddy is `rice_output`), or none.
    fn by_product(&self, drafts: &mut [Draft]) {
        for topic in drafts.iter_mut().map(|draft| &mut draft.topic) {
            let (Some(index), Some(product)) = (topic.indicator, topic.product) else { continue };
            let becomes = self.known.products[product as usize].becomes.get(&self.known.indicators[index as usize].id);
            if let Some(id) = becomes {
                topic.indicator = self.known.indicators.iter().position(|indicator| indicator.id == *id).map(|at| at as u16);
            }
        }
    }

    /// Money for a kilogram or a litre of what no name covers is the price of a good.
    fn price_of_goods(&self, drafts: &mut [Draft]) {
        for draft in drafts.iter_mut().filter(|draft| draft.topic.indicator.is_none() && draft.topic.kind.is_none()) {
            let goods = draft.unit.split_once('/').is_some_and(|(money, per)| {
                money.len() == 3 && self.known.units.denominators.iter().any(|entry| entry.goods && entry.id == per)
            });
            if let Some(at) = self.known.indicators.iter().position(|indicator| goods && indicator.id == "commodity_price") {
                draft.topic.indicator = Some(at as u16);
                draft.topic.kind = Some(Kind::Price);
            }
        }
    }

    /// General indicators become special ones beside certain words, in the sentence or in the title.
    fn specialise(&self, drafts: &mut [Draft], scratch: &Scratch, setting: &Setting) {
        if drafts.iter().all(|draft| draft.topic.indicator.is_none()) {
            return;
        }
        let frame = &scratch.frame;
        for draft in drafts {
            let Some(index) = draft.topic.indicator else { continue };
            let id = &self.known.indicators[index as usize].id;
            let quantity = &frame.quantities[draft.quantity];
            let next = frame.quantities.get(draft.quantity + 1).map_or(frame.range.1, |next| next.start);
            let has =
                |range: (usize, usize), mark: Mark| (range.0..range.1).any(|at| scratch.hits.at(at).iter().any(|hit| hit.mark == mark));
            let called = |number: u16, entry: &knowledge::Specialisation| {
                entry.units.contains(&draft.unit)
                    || (number < 64 && setting.titled & (1 << number) != 0)
                    || has((frame.range.0, quantity.start), Mark::Beside(number, Where::Before))
                    || has(draft.clause, Mark::Beside(number, Where::Clause))
                    || has((quantity.end, next), Mark::Beside(number, Where::Behind))
            };
            let entry =
                self.known.specialisations.iter().enumerate().find(|(number, entry)| entry.from == *id && called(*number as u16, entry));
            if let Some(to) = entry.and_then(|(_, entry)| self.known.indicators.iter().position(|indicator| indicator.id == entry.to)) {
                draft.topic.indicator = Some(to as u16);
                draft.topic.kind = Some(self.known.indicators[to].kind);
            }
        }
    }

    /// The subject that a sentence without figures announces: a heading, or a line that ends in a colon.
    fn announced(&self, scratch: &Scratch) -> Option<Topic> {
        let frame = &scratch.frame;
        let (from, to) = frame.range;
        let opens = scratch.tokens[to - 1].is(':') || to - from <= 40;
        let found = stretch(self.known, frame, from, to);
        let named = found.head.is_some_and(|head| strength(self.known, &head) >= 2);
        (opens && named).then(|| Topic::of(self.known, frame, &scratch.text, &scratch.tokens, &found, from, to))
    }

    /// Reads the parts of a sentence into the frame.
    pub(crate) fn frame(&self, scratch: &mut Scratch, range: (usize, usize), setting: &Setting, context: &Context) {
        let Scratch { text, tokens, hits, frame, taken, unread, .. } = scratch;
        frame.clear(range);
        unread.clear();
        period::parse(text, tokens, hits, range, &mut frame.mentions);
        frame.set_aside(hits);
        taken.clear();
        taken.resize(tokens.len(), false);
        for mention in &frame.mentions {
            taken[mention.start..mention.end].fill(true);
        }
        let view = quantity::View { text, tokens, hits, known: self.known, range, english: setting.english };
        quantity::read(&view, taken, &mut frame.quantities, unread);
        let near: Vec<u16> = setting.place.into_iter().chain(context.place).collect();
        self.places.find(self.known, text, tokens, hits, range, &near, &mut frame.places);
        frame.fill(tokens, hits);
    }

    // -- context ----------------------------------------------------------------------------------------------------

    /// Drafts to observations: periods, places and statuses from the context.
    fn resolve(
        &self,
        block: u32,
        sentence: &Sentence<'_>,
        drafts: &[Draft],
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
            context.period = period::resolve(mention, &anchor(setting, None, context.period)).or(context.period);
        }
        let mut periods: Vec<Option<Period>> = Vec::with_capacity(drafts.len());
        let sentence_text = words(sentence.text, sentence.tokens, frame.range.0, frame.range.1);
        for (at, draft) in drafts.iter().enumerate() {
            let base = draft.base.and_then(|quantity| drafts.iter().position(|d| d.quantity == quantity)).or(at.checked_sub(1));
            let base_period = base.and_then(|at| periods.get(at).copied().flatten()).or(context.period);
            let anchor = anchor(setting, Some(draft), context.period);
            let (period, from) = self.period(draft, base_period, &anchor, context, setting);
            let compared = match draft.against {
                Some(Against::Plan) => Some(ComparedWith::Plan),
                Some(Against::Mention(mention)) => period::basis(mention.expr, period, &anchor).map(ComparedWith::Period),
                None => None,
            };
            let region = self.region(draft, frame, context, setting);
            periods.push(period);
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
                && draft.mention.is_some_and(|m| (m.carries_on() && !event(&m)) || to_date(&m))
        }) {
            context.period = periods[at].or(context.period);
        }
        context.place = lasting_place(frame).or(context.place);
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
                Expr::Same(YearRef::Unstated | YearRef::Offset(-1)) => {
                    base.map(|period| period.shift_years(-1)).or_else(|| period::resolve(mention, anchor))
                }
                Expr::Same(YearRef::Named(year)) => {
                    base.map(|period| period.shift_years(year - period.year())).or_else(|| period::resolve(mention, anchor))
                }
                // A bare year in a bracket beside a span to date means the same span of that year.
                Expr::Year(YearRef::Named(year)) if draft.base.is_some() || draft.inside => match base {
                    Some(span @ (Period::Span { .. } | Period::Quarter(..) | Period::Month(..) | Period::Half(..))) => {
                        Some(span.shift_years(year - span.year()))
                    }
                    _ => Some(Period::Year(year)),
                },
                _ => period::resolve(mention, anchor),
            };
            if own.is_some() {
                return (own, Some(from));
            }
        }
        if let Some(period) = context.period {
            // A goal is the year's, whatever part of it the text reported on before.
            let goal = draft.status == Status::Target && draft.measure != Measure::Completion && is_within_a_year(period);
            return (Some(if goal { Period::Year(period.year()) } else { period }), Some(PeriodFrom::Context));
        }
        let today = anchor.today;
        let daily = matches!(draft.topic.kind, Some(Kind::Price)) || self.kind(draft, UnitKind::Index);
        if let Some(span) = setting.span.filter(|_| !daily) {
            return (Some(span), Some(PeriodFrom::Context));
        }
        if !anchor.dated {
            return if anchor.placed { (Some(Period::Year(today.year())), Some(PeriodFrom::Context)) } else { (None, None) };
        }
        let period = if daily { Period::Day(today) } else { Period::Month(today.year(), today.month()) };
        (Some(period), Some(PeriodFrom::Publication))
    }

    fn kind(&self, draft: &Draft, kind: UnitKind) -> bool {
        self.known.units.units.iter().any(|unit| unit.kind == kind && unit.id == draft.unit)
    }

    /// The place of a figure: its clause's, its sentence's, its paragraph's, the article's, the country.
    fn region(&self, draft: &Draft, frame: &Frame, context: &Context, setting: &Setting) -> Option<u16> {
        let named = draft.place.map(|at| frame.places[at]).filter(|place| !place.abroad || self.is_region_abroad(draft, place));
        // Ounces and barrels are traded on the world's market.
        let world = draft.topic.kind == Some(Kind::Price)
            && self
                .known
                .units
                .denominators
                .iter()
                .any(|per| per.world && draft.unit.strip_suffix(per.id.as_str()).is_some_and(|rest| rest.ends_with('/')));
        let world = if world { self.known.regions.all().iter().position(|region| region.id == "world").map(|at| at as u16) } else { None };
        named.map(|place| place.region).or(world).or(context.place).or(setting.place)
    }

    /// A country behind a trade figure is a partner; elsewhere it is where the figure holds.
    fn is_region_abroad(&self, draft: &Draft, place: &Place) -> bool {
        let topic = draft.topic.indicator.map(|index| self.known.indicators[index as usize].topic.as_str());
        if self.known.regions.all()[place.region as usize].id == "world" {
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
        let known = self.known;
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

    // -- survey -----------------------------------------------------------------------------------------------------

    /// A first look at the whole text: its years, days, places and habit of separators.
    fn survey(&self, article: &Article, scratch: &mut Scratch) -> Survey {
        let mut survey = Survey::default();
        for (index, block) in article.blocks.iter().enumerate() {
            let Some((start, _)) = block.span.filter(|_| block.kind != BlockKind::Related) else { continue };
            scratch.text.set(&block.text, start);
            self.scan(scratch);
            let Scratch { text, tokens, hits, sentences, frame, .. } = scratch;
            for (at, token) in tokens.iter().enumerate().filter(|(_, token)| token.is_number()) {
                survey.separators(text, token, tokens.get(at + 1));
            }
            if block.kind == BlockKind::Title {
                for token in 0..tokens.len() {
                    for hit in hits.at(token) {
                        if let Mark::Beside(number @ 0..64, Where::Before) = hit.mark {
                            survey.titled |= 1 << number;
                        }
                    }
                }
            }
            for range in sentences.iter() {
                frame.clear(*range);
                period::parse(text, tokens, hits, *range, &mut frame.mentions);
                survey.mentions(&frame.mentions, index);
                self.places.find(self.known, text, tokens, hits, *range, &[], &mut frame.places);
                let head = block.kind == BlockKind::Title || index == 0;
                survey.places(&frame.places, head, index < 3);
            }
        }
        survey
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

/// Whether a block is an item of a list: it begins with a bullet or a number, or is short.
fn is_item(piece: &str) -> bool {
    let piece = piece.trim_start();
    let mut chars = piece.chars();
    let bullet = chars.next().is_some_and(|first| {
        matches!(first, '-' | '+' | '•' | '*' | '–' | '●')
            || (first.is_alphanumeric() && chars.next().is_some_and(|next| matches!(next, '.' | ')')))
    });
    bullet || piece.split_whitespace().count() <= 20
}

pub(crate) fn anchor(setting: &Setting, draft: Option<&Draft>, current: Option<Period>) -> Anchor {
    let stock = draft.is_some_and(|draft| match draft.topic.kind {
        Some(Kind::Flow | Kind::Balance) => false,
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

/// What a first look finds.
#[derive(Debug, Default)]
struct Survey {
    /// Specialisations whose words stand in the title, a bit each.
    titled: u64,
    years: Vec<(i16, u32)>,
    /// Spans that figures hold in, with how often and how early they are named.
    spans: Vec<(Mention, u32)>,
    day: Option<(i8, i8, Option<i16>)>,
    /// The latest year that the text compares with.
    compared: Option<i16>,
    /// The latest year whose same span it compares with: the text speaks of a later one.
    same: Option<i16>,
    /// Provinces and countries with how often they are named: in the title, in the opening, anywhere.
    places: Vec<(u16, [u32; 3])>,
    vietnamese: u32,
    english: u32,
}

impl Survey {
    fn separators(&mut self, text: &Text, token: &Token, next: Option<&Token>) {
        let chars = &text.chars[token.start as usize..token.end as usize];
        let percent = next.is_some_and(|next| next.start == token.end && next.is('%'));
        let Some(at) = chars.iter().rposition(|c| matches!(c, ',' | '.')) else { return };
        let after = chars.len() - at - 1;
        let once = chars.iter().filter(|c| matches!(c, ',' | '.')).count() == 1;
        match (chars[at], after, once) {
            (',', 1 | 2, _) => self.vietnamese += 1,
            ('.', 3, true) if !percent => self.vietnamese += 1,
            ('.', 1 | 2, true) if percent => self.english += 1,
            ('.', 1 | 2, false) => self.english += 1,
            _ => {}
        }
    }

    fn mentions(&mut self, mentions: &[Mention], block: usize) {
        self.same = mentions
            .iter()
            .filter_map(|mention| if let Expr::Same(YearRef::Named(year)) = mention.expr { Some(year) } else { None })
            .chain(self.same)
            .max();
        self.compared = mentions
            .iter()
            .filter(|mention| mention.role == Role::Basis || matches!(mention.expr, Expr::Same(_)))
            .filter_map(|mention| mention.expr.year())
            .chain(self.compared)
            .max();
        for mention in mentions.iter().filter(|mention| mention.role == Role::Own && !matches!(mention.expr, Expr::Same(_))) {
            if mention.carries_on()
                && !matches!(mention.expr, Expr::Day(..) | Expr::Now | Expr::Relative(..) | Expr::PartOfMonth(..) | Expr::YearStart(_))
            {
                let weight = if block < 2 { 3 } else { 1 };
                match self.spans.iter_mut().find(|(known, _)| known.expr == mention.expr) {
                    Some((_, count)) => *count += weight,
                    None => self.spans.push((*mention, weight)),
                }
            }
            let year = mention.expr.year();
            if let Some(year) = year {
                match self.years.iter_mut().find(|(known, _)| *known == year) {
                    Some((_, count)) => *count += 1,
                    None => self.years.push((year, 1)),
                }
            }
            if let (Expr::Day(day, Some(month), year), None, true) = (mention.expr, self.day, block < 8) {
                let named = if let YearRef::Named(year) = year { Some(year) } else { None };
                self.day = Some((day, month, named));
            }
        }
    }

    fn places(&mut self, places: &[Place], title: bool, opening: bool) {
        for place in places {
            let at = if let Some(at) = self.places.iter().position(|(region, _)| *region == place.region) {
                at
            } else {
                self.places.push((place.region, [0; 3]));
                self.places.len() - 1
            };
            let counts = &mut self.places[at].1;
            counts[0] += u32::from(title);
            counts[1] += u32::from(opening);
            counts[2] += 1;
        }
    }

    /// The span that the text is about.
    fn main_span(&self) -> Option<Mention> {
        let (mention, weight) = self.spans.iter().rev().max_by_key(|(_, weight)| *weight)?;
        (*weight >= 3).then_some(*mention)
    }

    /// The year that most of the text's dates name; the later of two.
    fn main_year(&self) -> Option<i16> {
        // A text that only says what it compares with speaks of the year after.
        let named = self.years.iter().max_by_key(|(year, count)| (*count, *year)).map(|(year, _)| *year);
        named.max(self.same.map(|year| year + 1)).or(self.compared.map(|year| year + 1))
    }

    /// The day on which the text seems to be published: the first day that it names, in the latest year it speaks of.
    fn published(&self, rendered: Option<Date>) -> Option<Date> {
        let (day, month, named) = self.day?;
        let latest = self
            .years
            .iter()
            .map(|(year, _)| *year)
            .filter(|year| rendered.is_none_or(|at| *year <= at.year()))
            .max()
            .max(self.same.map(|year| year + 1))
            .or(self.compared.map(|year| year + 1));
        Date::new(named.or(latest)?, month, day).ok().filter(|date| rendered.is_none_or(|at| *date <= at))
    }

    /// The province or country that the article is about.
    fn main_place(&self, known: &Knowledge, article: &Article) -> Option<u16> {
        let regions = known.regions.all();
        let is_province = |region: u16| regions[region as usize].kind == RegionKind::Province;
        let titled: Vec<_> = self.places.iter().filter(|(region, counts)| counts[0] > 0 && is_province(*region)).collect();
        if let [(region, _)] = titled[..] {
            return Some(*region);
        }
        if let Some(id) = &article.publisher_region
            && let Some(at) = regions.iter().position(|region| region.id == *id)
        {
            return Some(at as u16);
        }
        if !titled.is_empty() {
            return None;
        }
        // A text that speaks of the whole country as often is about that, unless its title names a province.
        let nation: u32 = self.places.iter().filter(|(region, _)| regions[*region as usize].id == "VN").map(|(_, counts)| counts[2]).sum();
        let total: u32 = self.places.iter().map(|(_, counts)| counts[2]).sum();
        let (region, counts) = self
            .places
            .iter()
            .filter(|(region, _)| is_province(*region))
            .max_by_key(|(region, counts)| (counts[2], std::cmp::Reverse(*region)))?;
        (counts[1] > 0 && counts[2] >= 2 && counts[2] > 2 * nation && 2 * counts[2] > total - nation).then_some(*region)
    }
}
