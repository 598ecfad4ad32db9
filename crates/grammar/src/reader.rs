//! Reads an article: blocks to sentences to statements.

use jiff::civil::Date;
use knowledge::Knowledge;
use model::{Article, BlockKind, Observation, Status, Unread};
use rustc_hash::FxHashSet;

use crate::context::{Context, Setting, anchor};
use crate::frame::Frame;
use crate::lexicon::{Hits, Lexicon};
use crate::period;
use crate::place::Places;
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

    pub(crate) fn places(&self) -> &Places {
        &self.places
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
            markets: survey.is_of_markets(),
            today: today.unwrap_or(jiff::civil::date(year, 12, 31)),
            dated: today.is_some(),
            placed: today.is_some() || survey.main_year().is_some(),
            place: survey.main_place(self.known, article),
            english: survey.english > survey.vietnamese,
        };
        setting.span = survey
            .main_span()
            .and_then(|mention| period::resolve(&mention, &anchor(self.known, &setting, None, None)))
            .filter(|span| !setting.dated || (span.start() <= setting.today && span.end().year() + 1 >= setting.today.year()));
        let mut reading = Reading { published: inferred, ..Reading::default() };
        let mut context = Context { shares: survey.shares, ..Context::default() };
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
            self.block(at as u32, &block.text, &mut scratch, &setting, &survey.asked, &mut context, &mut reading, witness);
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
        asked: &[u16],
        context: &mut Context,
        reading: &mut Reading,
        witness: &mut dyn FnMut(&Scene<'_>),
    ) {
        self.scan(scratch);
        for index in 0..scratch.sentences.len() {
            let range = scratch.sentences[index];
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
            context.shares = called(&scratch.text, &scratch.tokens, &scratch.hits, range.0, range.1).or_else(|| shares.clone());
            self.by_product(&mut drafts);
            self.price_of_goods(&mut drafts);
            self.specialise(&mut drafts, scratch, setting);
            self.drop_unasked(&mut drafts, asked);
            let from = reading.observations.len();
            let listed = sentence.announcement();
            self.resolve(block, &sentence, &mut drafts, setting, context, reading);
            for (observation, draft) in reading.observations[from..].iter_mut().zip(&drafts) {
                let quantity = &scratch.frame.quantities[draft.quantity];
                let quote = scratch.text.verbatim(piece, scratch.tokens[quantity.start].start, scratch.tokens[quantity.end - 1].end);
                quote.clone_into(&mut observation.quote);
                observation.breakdown = sentence.narrowing(draft, &mut context.theme);
            }
            sentence.leave(&mut context.theme);
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
        frame.set_bases(self.known);
        let near: Vec<u16> = setting.place.into_iter().chain(context.place).collect();
        self.places.find(self.known, text, tokens, hits, range, &near, &mut frame.places);
        frame.fill(tokens, hits);
    }
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
