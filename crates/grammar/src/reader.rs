//! Reads an article: blocks to sentences to statements.

use std::mem::take;

use jiff::civil::Date;
use knowledge::Knowledge;
use model::{Article, Block, BlockKind, ComparedWith, Observation, Period, Status, Unread};
use rustc_hash::FxHashSet;

use crate::codes::Codes;
use crate::context::Context;
use crate::dating::known_quarter;
use crate::frame::Frame;
use crate::headline::date_title;
use crate::lexicon::{Hits, Lexicon};
use crate::period::{self, Mention};
use crate::place::Places;
use crate::points::of_index;
use crate::quantity::{self, NotRead};
use crate::sentence::sentences;
use crate::setting::{Moments, Setting, anchor};
use crate::statement::narrowing::Theme;
use crate::statement::opening::Openings;
use crate::statement::shares::called;
use crate::statement::{Draft, Sentence};
use crate::survey::Survey;
use crate::table;
use crate::taels::weigh_gold;
use crate::text::Text;
use crate::token::{Token, tokens};
use crate::topic::Topic;

/// Days after which a span is no longer reported on.
const LONGEST_REPORT: i32 = 75;

/// Bytes of a short word with its space, for the size of buffers.
const BYTES: usize = 5;

/// Tokens of the longest heading that names a place for the blocks under it.
const LONGEST_HEADING: usize = 8;

/// The grammar over its tables; built once, used by all threads.
#[derive(Debug)]
pub struct Grammar<'k> {
    known: &'k Knowledge,
    lexicon: Lexicon,
    places: Places,
    codes: Codes<'k>,
    moments: Moments,
    openings: Openings<'k>,
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

/// A block cut into tokens, meanings, sentences and times: what the first look and the reading both begin with.
#[derive(Default)]
pub(crate) struct Cut {
    pub(crate) text: Text,
    pub(crate) tokens: Vec<Token>,
    pub(crate) hits: Hits,
    pub(crate) sentences: Vec<(usize, usize)>,
    mentions: Vec<Mention>,
}

impl Cut {
    /// The times of a sentence.
    pub(crate) fn mentions(&self, range: (usize, usize)) -> &[Mention] {
        within(&self.mentions, range)
    }
}

/// Buffers that every sentence uses again.
#[derive(Default)]
pub(crate) struct Scratch {
    pub(crate) text: Text,
    pub(crate) tokens: Vec<Token>,
    pub(crate) hits: Hits,
    key: Vec<char>,
    pub(crate) sentences: Vec<(usize, usize)>,
    /// The times of the text, before any is set aside.
    pub(crate) mentions: Vec<Mention>,
    pub(crate) frame: Frame,
    taken: Vec<bool>,
    unread: Vec<NotRead>,
}

impl Scratch {
    /// Buffers that the longest of some blocks fits into, so that they do not grow word by word.
    fn for_blocks(blocks: &[Block]) -> Self {
        let mut scratch = Self::default();
        let longest = blocks.iter().map(|block| block.text.len()).max().unwrap_or(0);
        scratch.tokens.reserve(longest / BYTES);
        scratch.hits.reserve(longest / BYTES);
        scratch
    }
}

/// An article that is being read, as far as it has been.
struct Course<'a> {
    scratch: Scratch,
    context: Context,
    reading: Reading,
    /// The indicators that the text asks about.
    asked: &'a [u16],
    witness: &'a mut dyn FnMut(&Scene<'_>),
}

impl Course<'_> {
    /// Takes down the numbers of the last sentence that were not understood; with the number and the text of their block.
    fn note_unread(&mut self, (block, piece): (u32, &str)) {
        let Scratch { text, tokens, unread, .. } = &self.scratch;
        self.reading.unread.extend(unread.iter().map(|number| {
            let (first, last) = (tokens[number.start].start, tokens[number.end - 1].end);
            let (start, end) = text.place(first, last);
            Unread { block, quote: text.verbatim(piece, first, last).to_owned(), start, end, why: number.why.to_owned() }
        }));
    }
}

impl<'k> Grammar<'k> {
    /// Builds the automaton from the tables.
    pub fn new(known: &'k Knowledge) -> Self {
        Self {
            lexicon: Lexicon::new(known),
            places: Places::new(known),
            codes: Codes::new(known),
            moments: Moments::new(known),
            openings: Openings::new(known),
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

    pub(crate) fn moments(&self) -> &Moments {
        &self.moments
    }

    pub(crate) fn places(&self) -> &Places {
        &self.places
    }

    /// Reads an article and shows every sentence to a witness.
    pub(crate) fn read_with(&self, article: &Article, witness: &mut dyn FnMut(&Scene<'_>)) -> Reading {
        let mut scratch = Scratch::for_blocks(&article.blocks);
        let mut cuts: Vec<Cut> = article.blocks.iter().map(|block| self.cut(block, &mut scratch)).collect();
        let survey = self.survey(article, &cuts, &mut scratch.frame);
        let (setting, inferred) = self.setting(article, &survey);
        let reading = Reading { published: inferred, ..Reading::default() };
        let theme = Theme::of(survey.protagonists.main());
        let context = Context { shares: survey.shares, theme, ..Context::default() };
        let mut course = Course { scratch, context, reading, asked: &survey.asked, witness };
        let mut index = 0;
        while let Some(block) = article.blocks.get(index) {
            let at = index;
            index += 1;
            if block.span.is_none() {
                continue;
            }
            if let Some(grid) = table::grid(article, at) {
                let Course { scratch, context, reading, .. } = &mut course;
                self.table(article, &grid, scratch, &setting, context, reading);
                index = grid.last.max(index);
                continue;
            }
            let setting = match (block.kind, article.rendered) {
                // Another article's headline: its time is the page's, its place its own.
                (BlockKind::Related, Some(rendered)) => Setting { today: rendered.day(), dated: true, place: None, ..setting },
                _ => setting,
            };
            if block.kind == BlockKind::Related {
                course.context = Context::default();
            }
            course.context.told_at = std::mem::replace(&mut course.context.place, course.context.headed);
            let Cut { text, tokens, hits, sentences, mentions } = take(&mut cuts[at]);
            course.scratch = Scratch { text, tokens, hits, sentences, mentions, ..course.scratch };
            for index in 0..course.scratch.sentences.len() {
                self.sentence((at as u32, &block.text), index, &setting, &mut course);
                course.note_unread((at as u32, &block.text));
            }
        }
        date_title(&mut course.reading.observations);
        of_index(self.known, &mut course.reading.observations);
        weigh_gold(&mut course.reading.observations);
        course.reading.observations.iter_mut().for_each(unify_periods);
        course.reading
    }

    /// What holds for the whole article, and the day of publication that its text implies where it states none.
    fn setting(&self, article: &Article, survey: &Survey) -> (Setting, Option<Date>) {
        let published = article.published.map(model::When::day);
        let inferred = if published.is_none() { survey.published(article.rendered.map(model::When::day)) } else { None };
        let today = published.or(inferred);
        let year = survey.main_year();
        let place = survey.main_place(self.known, article);
        let mut setting = Setting {
            span: None,
            reported: None,
            titled: survey.titled,
            markets: survey.is_of_markets(),
            sessions: survey.sessions > 0,
            quarter: None,
            // (without a hold on time any year will do: nothing is dated by it)
            today: today.unwrap_or_else(|| survey.last_month(year.unwrap_or(2000))),
            dated: today.is_some(),
            placed: today.is_some() || year.is_some(),
            place,
            of_two: place.is_some_and(|place| self.is_country_abroad(Some(place)) && survey.is_of_two(self.known, place)),
            english: survey.english > survey.vietnamese,
        };
        let anchor = anchor(&setting, None);
        let span = survey.main_span().and_then(|mention| period::resolve(&mention, &anchor));
        // (`cả năm` of a text without a date is the year that it tells of)
        let told = survey.year_told().filter(|_| !setting.dated);
        setting.span = span.filter(|span| setting.may_be_about(*span) && told.is_none_or(|told| span.year() == told.year())).or(told);
        setting.markets &= !(setting.dated && setting.reports_on_months() && !survey.names_day_of(setting.today.month()));
        if setting.span.is_none() && setting.placed {
            let recent = |span: &Period| (0..=LONGEST_REPORT).contains(&(setting.today - span.end()).get_days());
            let spans = survey.reported().filter_map(|mention| period::resolve(mention, &anchor));
            setting.reported = spans.filter(recent).max_by_key(|span| (span.end(), span.start()));
        }
        let undated = setting.span.is_none() && setting.reported.is_none() && setting.dated && !setting.markets;
        setting.quarter = Some(known_quarter(setting.today)).filter(|_| undated && survey.quarterly);
        (setting, inferred)
    }

    /// Says how one sentence was read, part by part, for people.
    pub fn explain(&self, sentence: &str, published: Option<Date>) -> String {
        crate::explain::explain(self, sentence, published)
    }

    /// Cuts a block; one without a place in the text has nothing to cut.
    fn cut(&self, block: &Block, scratch: &mut Scratch) -> Cut {
        let Some((start, _)) = block.span else { return Cut::default() };
        scratch.text.set(&block.text, start);
        self.scan(scratch);
        let Scratch { text, tokens, hits, sentences, mentions, .. } = scratch;
        mentions.clear();
        for range in sentences.iter() {
            period::parse(text, tokens, hits, *range, mentions);
        }
        // (a copy is as small as can be, where the buffer of the next block grows no more; those of text and meanings are made to measure)
        Cut { text: take(text), tokens: tokens.clone(), hits: take(hits), sentences: sentences.clone(), mentions: mentions.clone() }
    }

    pub(crate) fn scan(&self, scratch: &mut Scratch) {
        tokens(&scratch.text, &self.lexicon, &mut scratch.key, &mut scratch.tokens);
        self.lexicon.scan(&scratch.tokens, &mut scratch.hits);
        sentences(&scratch.text, &scratch.tokens, &self.abbreviations, &mut scratch.sentences);
    }

    /// Reads a sentence of a block (its number and its text): its figures with all that they say, and what it leaves to the next one.
    fn sentence(&self, (block, piece): (u32, &str), index: usize, setting: &Setting, course: &mut Course<'_>) {
        let Course { scratch, context, reading, asked, witness } = course;
        let range = scratch.sentences[index];
        // (`… theo địa phương.* Nhà nước mua tạm trữ …`: another piece of news is about another place)
        if scratch.tokens[range.0].is('*') {
            context.place = context.headed;
        }
        self.frame(scratch, range, setting, context);
        let (before, shares) = (context.topic.take(), context.shares.take());
        let sentence = Sentence {
            known: self.known,
            text: &scratch.text,
            tokens: &scratch.tokens,
            hits: &scratch.hits,
            frame: &scratch.frame,
            patterns: self.lexicon.patterns(),
            openings: &self.openings,
            before: before.as_ref(),
            before_measure: context.measure,
            before_status: context.status.unwrap_or(Status::Actual),
            before_against: context.against,
            shares: shares.as_deref(),
            listed: context.listed.filter(|_| index == 0 && is_item(piece)),
        };
        let mut drafts = sentence.drafts();
        context.split = sentence.goes_on_splitting(&mut drafts, context.split && index > 0);
        // (`sau 3-4 phiên giảm`: what only counts cases leaves the subject before it)
        let lasts = |draft: &Draft| draft.base.is_none() && !draft.topic.held && !sentence.counts_cases(draft);
        let lasting = drafts.iter().rposition(lasts);
        self.by_product(&mut drafts);
        self.price_of_goods(&mut drafts);
        self.specialise(&mut drafts, scratch, setting, before.as_ref());
        self.drop_unasked(&mut drafts, asked);
        // (`Trong đó …` goes on with the paragraph before it, and with its place; so does what a place reports on: `Tại Lào Cai, kim ngạch
        // quý I ….` is followed by its imports)
        let reports =
            || scratch.frame.places.is_empty() && self.goes_on_reporting(&drafts, before.as_ref(), (block, context.told_at), reading);
        if index == 0 && !drafts.is_empty() && (sentence.splits() || reports()) {
            context.place = context.told_at.filter(|place| Some(*place) != self.places().nation).or(context.place);
        }
        let from = reading.observations.len();
        self.resolve(block, &sentence, &mut drafts, setting, context, reading);
        let sentence_splits = before.is_some() && sentence.splits();
        let observations = &mut reading.observations[from..];
        self.complete(piece, &sentence, &drafts, context, observations);
        witness(&Scene { text: &scratch.text, tokens: &scratch.tokens, frame: &scratch.frame, drafts: &drafts, observations });
        if drafts.is_empty() {
            context.listed = sentence.announcement();
            context.status = Some(sentence.announced_status(index == 0));
            context.headed = headed(scratch).or(context.headed);
        }
        context.go_on_from(&drafts);
        context.shares = called(&scratch.text, &scratch.tokens, &scratch.hits, range.0, range.1).or(shares);
        // (`Trong đó, nhiều ngành tăng, phản ánh nhu cầu thị trường.`: what only splits what was told of announces nothing)
        let announces = !sentence_splits;
        context.topic = lasting.map(|at| take(&mut drafts[at].topic)).or_else(|| self.announced(scratch).filter(|_| announces)).or(before);
    }

    /// Whether a paragraph goes on with the field that the one right before it reported on, at the place where its last figure holds.
    /// Dealers, banks and enterprises have places too, which are none of theirs.
    fn goes_on_reporting(&self, drafts: &[Draft], before: Option<&Topic>, (block, place): (u32, Option<u16>), reading: &Reading) -> bool {
        let field = drafts.first().and_then(|draft| draft.topic.field(self.known));
        let local = field.is_some_and(|field| !matches!(field, "prices" | "money" | "company" | "national_accounts"));
        let id = place.map(|place| self.known.regions.all()[place as usize].id.as_str());
        let there = |last: &Observation| last.block + 1 == block && last.region.as_deref() == id;
        local && field == before.and_then(|topic| topic.field(self.known)) && reading.observations.last().is_some_and(there)
    }

    /// Adds to figures what is looked for when all else is settled: the words that state them, who tells them, what narrows them.
    fn complete(&self, piece: &str, sentence: &Sentence<'_>, drafts: &[Draft], context: &mut Context, figures: &mut [Observation]) {
        let told = sentence.speakers(&mut context.speaker);
        for (figure, draft) in figures.iter_mut().zip(drafts) {
            let quantity = &sentence.frame.quantities[draft.quantity];
            let (first, last) = (&sentence.tokens[quantity.start], &sentence.tokens[quantity.end - 1]);
            sentence.text.verbatim(piece, first.start, last.end).clone_into(&mut figure.quote);
            figure.speaker = sentence.speaker(&told, draft.quantity);
            self.codes.settle(sentence.narrowing(draft, &mut context.theme), draft, figure);
        }
        sentence.leave(&mut context.theme);
    }

    /// Reads the parts of a sentence into the frame; its times are found already.
    pub(crate) fn frame(&self, scratch: &mut Scratch, range: (usize, usize), setting: &Setting, context: &Context) {
        let Scratch { text, tokens, hits, mentions, frame, taken, unread, .. } = scratch;
        frame.clear(range);
        unread.clear();
        frame.mentions.extend_from_slice(within(mentions, range));
        frame.set_aside(tokens, hits);
        // (only the sentence's own: a block of many sentences would cost its square)
        taken.resize(tokens.len(), false);
        taken[range.0..range.1].fill(false);
        for mention in &frame.mentions {
            taken[mention.start..mention.end].fill(true);
        }
        let view = quantity::View { text, tokens, hits, known: self.known, range, english: setting.english };
        quantity::read(&view, taken, &mut frame.quantities, unread);
        frame.set_bases(self.known);
        let near: Vec<u16> = setting.place.into_iter().chain(context.place).collect();
        self.places.find(self.known, text, tokens, hits, range, &near, &mut frame.places);
        frame.fill(tokens, hits);
    }
}

/// `quý I` and `3 tháng đầu năm` are the same days: while a text is read they differ, in what is told of it they do not.
fn unify_periods(figure: &mut Observation) {
    figure.period = figure.period.map(Period::canonical);
    if let Some(ComparedWith::Period(basis)) = &mut figure.compared_with {
        *basis = basis.canonical();
    }
}

/// The mentions that begin within a range of tokens.
fn within(mentions: &[Mention], range: (usize, usize)) -> &[Mention] {
    let from = mentions.partition_point(|mention| mention.start < range.0);
    let to = mentions.partition_point(|mention| mention.start < range.1);
    &mentions[from..to]
}

/// The place that a heading names for the blocks under it: a block of few words and no figure that names one place (`Tại Hà Nội`).
fn headed(scratch: &Scratch) -> Option<u16> {
    let (from, to) = scratch.frame.range;
    let [place] = scratch.frame.places[..] else { return None };
    (scratch.sentences.len() == 1 && to - from <= LONGEST_HEADING && !place.abroad).then_some(place.region)
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
