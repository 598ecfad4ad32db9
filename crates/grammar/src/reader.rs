//! Reads an article: blocks to sentences to statements.

use std::mem::take;

use jiff::civil::Date;
use knowledge::Knowledge;
use model::{Article, Block, BlockKind, Observation, Period, Status, Unread};
use rustc_hash::FxHashSet;

use crate::codes::Codes;
use crate::context::{Context, Setting, anchor};
use crate::dating::date_title;
use crate::frame::Frame;
use crate::lexicon::{Hits, Lexicon};
use crate::period::{self, Mention};
use crate::place::Places;
use crate::points::of_index;
use crate::quantity::{self, NotRead};
use crate::sentence::sentences;
use crate::statement::shares::called;
use crate::statement::{Against, Draft, Sentence};
use crate::table;
use crate::text::Text;
use crate::token::{Token, tokens};

/// The grammar over its tables; built once, used by all threads.
#[derive(Debug)]
pub struct Grammar<'k> {
    known: &'k Knowledge,
    lexicon: Lexicon,
    places: Places,
    codes: Codes<'k>,
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

impl<'k> Grammar<'k> {
    /// Builds the automaton from the tables.
    pub fn new(known: &'k Knowledge) -> Self {
        Self {
            lexicon: Lexicon::new(known),
            places: Places::new(known),
            codes: Codes::new(known),
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

    pub(crate) fn places(&self) -> &Places {
        &self.places
    }

    /// Reads an article and shows every sentence to a witness.
    pub(crate) fn read_with(&self, article: &Article, witness: &mut dyn FnMut(&Scene<'_>)) -> Reading {
        let mut scratch = Scratch::default();
        let mut cuts: Vec<Cut> = article.blocks.iter().map(|block| self.cut(block, &mut scratch)).collect();
        let survey = self.survey(article, &cuts, &mut scratch.frame);
        let published = article.published.map(model::When::day);
        let inferred = if published.is_none() { survey.published(article.rendered.map(model::When::day)) } else { None };
        let today = published.or(inferred);
        let year = survey.main_year().unwrap_or(2000);
        let mut setting = Setting {
            span: None,
            reported: None,
            titled: survey.titled,
            markets: survey.is_of_markets(),
            today: today.unwrap_or_else(|| survey.last_month(year)),
            dated: today.is_some(),
            placed: today.is_some() || survey.main_year().is_some(),
            place: survey.main_place(self.known, article),
            english: survey.english > survey.vietnamese,
        };
        setting.span = survey
            .main_span()
            .and_then(|mention| period::resolve(&mention, &anchor(self.known, &setting, None, None)))
            .filter(|span| !setting.dated || (span.start() <= setting.today && span.end().year() + 1 >= setting.today.year()))
            .filter(|span| {
                !setting.dated || !matches!(span, Period::Day(_) | Period::Month(..)) || (setting.today - span.end()).get_days() <= 100
            });
        // (what days reach into the time to come is no report)
        setting.span = setting.span.filter(|span| !matches!(span, Period::Span { days: 1.., .. }) || span.end() <= setting.today);
        if setting.span.is_none() && setting.dated {
            let recent = |span: &Period| (0..=75).contains(&(setting.today - span.end()).get_days());
            let spans = survey.reported().filter_map(|mention| period::resolve(mention, &anchor(self.known, &setting, None, None)));
            setting.reported = spans.filter(recent).max_by_key(|span| (span.end(), span.start()));
        }
        let mut reading = Reading { published: inferred, ..Reading::default() };
        let mut context = Context { shares: survey.shares, ..Context::default() };
        let mut index = 0;
        while let Some(block) = article.blocks.get(index) {
            let at = index;
            index += 1;
            if block.span.is_none() {
                continue;
            }
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
            let Cut { text, tokens, hits, sentences, mentions } = take(&mut cuts[at]);
            scratch = Scratch { text, tokens, hits, sentences, mentions, ..scratch };
            self.block(at as u32, &block.text, &mut scratch, &setting, &survey.asked, &mut context, &mut reading, witness);
        }
        date_title(&mut reading.observations);
        of_index(self.known, &mut reading.observations);
        reading
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
        // (copies are as small as can be, where the buffers of the next block grow no more)
        Cut { text: take(text), tokens: tokens.clone(), hits: hits.clone(), sentences: sentences.clone(), mentions: mentions.clone() }
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
        asked: &[u16],
        context: &mut Context,
        reading: &mut Reading,
        witness: &mut dyn FnMut(&Scene<'_>),
    ) {
        for index in 0..scratch.sentences.len() {
            let range = scratch.sentences[index];
            // (`… theo địa phương.* Nhà nước mua tạm trữ …`: another piece of news is about another place)
            if scratch.tokens[range.0].is('*') {
                context.place = context.headed;
            }
            self.frame(scratch, range, setting, context);
            let before = context.topic.take();
            let shares = context.shares.take();
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
                shares: shares.as_deref(),
                listed: context.listed.filter(|_| index == 0 && is_item(piece)),
            };
            let mut drafts = sentence.drafts();
            // (`sau 3-4 phiên giảm`: what only counts cases leaves the subject before it)
            let lasts = |draft: &Draft| draft.base.is_none() && !draft.topic.held && !sentence.counts_cases(draft);
            let lasting = drafts.iter().rposition(lasts);
            let called = called(&scratch.text, &scratch.tokens, &scratch.hits, range.0, range.1);
            self.by_product(&mut drafts);
            self.price_of_goods(&mut drafts);
            self.specialise(&mut drafts, scratch, setting, before.as_ref());
            self.drop_unasked(&mut drafts, asked);
            let from = reading.observations.len();
            let listed = sentence.announcement();
            self.resolve(block, &sentence, &mut drafts, setting, context, reading);
            let told = sentence.speakers(&mut context.speaker);
            for (observation, draft) in reading.observations[from..].iter_mut().zip(&drafts) {
                let quantity = &scratch.frame.quantities[draft.quantity];
                let quote = scratch.text.verbatim(piece, scratch.tokens[quantity.start].start, scratch.tokens[quantity.end - 1].end);
                quote.clone_into(&mut observation.quote);
                observation.speaker = sentence.speaker(&told, draft.quantity);
                self.codes.settle(sentence.narrowing(draft, &mut context.theme), draft, observation);
            }
            sentence.leave(&mut context.theme);
            context.shares = called.or(shares);
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
                // (`đạt 7,6% chỉ tiêu (58.800 tỷ đồng)`: the plan in a bracket is not what the text goes on with)
                let own = drafts.iter().rfind(|draft| !draft.planned);
                context.status = Some(own.unwrap_or(last).status);
                context.against = drafts.iter().rev().find_map(|draft| match draft.against {
                    Some(Against::Mention(mention)) if draft.base.is_none() => Some(mention),
                    _ => None,
                });
                context.measure = drafts.iter().rfind(|draft| draft.unit == "%").map(|draft| draft.measure).or(context.measure);
            }
            context.topic = lasting.map(|at| take(&mut drafts[at].topic)).or_else(|| self.announced(scratch)).or(before);
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

/// The mentions that begin within a range of tokens.
fn within(mentions: &[Mention], range: (usize, usize)) -> &[Mention] {
    let from = mentions.partition_point(|mention| mention.start < range.0);
    let to = mentions.partition_point(|mention| mention.start < range.1);
    &mentions[from..to]
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
