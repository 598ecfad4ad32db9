//! Reads what Vietnamese sentences say about numbers.
//!
//! The door is [`Grammar::read`]: an [`Article`](model::Article) in, a [`Reading`] out, with an
//! [`Observation`](model::Observation) for every figure and an [`Unread`](model::Unread) for every number that is none.
//! It never fails and does no I/O. [`Grammar::explain`] says how a text was read, part by part, and is the first tool
//! for whoever adds to the grammar.
//!
//! # How a sentence becomes observations
//!
//! ```text
//! block ─► text      NFC, one kind of space and dash, a map back to the article      (text.rs, fold.rs)
//!       ─► tokens    words, numbers, marks                                           (token.rs)
//!       ─► hits      every spelling of every table, by one automaton over words      (lexicon.rs, lexicon/, mark.rs, synonyms.rs)
//!       ─► sentences                                                                 (sentence.rs)
//!
//! sentence ─► mentions    expressions of time; they take their numbers first         (period/, aside.rs)
//!          ─► quantities  bound, sign, number or range, scales, unit, denominators   (quantity/, number.rs)
//!          ─► frame       names, cues and places; what every token is part of        (frame.rs, place.rs, elsewhere.rs)
//!          ─► drafts      each quantity with its cue, subject, time, place, basis    (statement/, topic.rs, pattern.rs)
//!                         and what it says by a table of evidence                    (measure.rs)
//!          ─► observations  what the clause lacks comes from the context             (context.rs, settling.rs, dating.rs, confidence.rs)
//!
//! table ─► cells: a number's time, unit and subject stand in head, label and title   (table.rs, tabular.rs)
//! ```
//!
//! # Where a new phenomenon goes
//!
//! | what | where |
//! | --- | --- |
//! | a spelling, a unit, an indicator, a cue | an entry in `data/`, a line in `tests/corpus/` |
//! | a shape of number or unit | `quantity/`; how separators settle is in `number.rs`, numbers in words are in `spelled.rs` |
//! | a form of period | a function in `period/days.rs`, `months.rs` or `years.rs`, words that are one expression in `whole.rs`, what brokers write in `shorthand.rs`, a rung of the ladder in `parse.rs`, its days in `resolve.rs` |
//! | what a figure says | a row of `measure.rs`; the evidence for it: `statement/says.rs`, and the cue that governs it: `cue.rs` |
//! | a time that dates something else | `aside.rs` |
//! | whose figure it is | `statement/`: `around.rs` (the stretches around it), `choice.rs` (in which order they are asked), `subject.rs` (which stretch names it), `behind.rs`, `counted.rs`, `amounts.rs`, `item.rs` (where else it stands), `lean.rs`, `goes_on.rs` (which figure before goes on), `had.rs` (what the cases of a list have in common), `predicate.rs`, `shares.rs`, `securities.rs`, `trade.rs`, `nameless.rs`, `headless.rs`, `named_late.rs` (what it is called where no name covers it), `rivals.rs` (what takes the place of a name that says no measure), `opening.rs` (the words that such a name opens with), `fitting.rs`, `measurable.rs` (whether the unit can be its own); `topic.rs` (what the stretch says) |
//! | what narrows it beyond its name | `statement/narrowing.rs`, `told.rs`, `phrase.rs`, `floor.rs`; the members of a list with a figure each: `members.rs`; which codes that gives: `codes.rs`, and which everyday words are countries: `partner.rs` |
//! | what a general subject becomes beside certain words, goods and units | `specialise.rs` |
//! | when, where and how firmly it holds | `statement/when.rs`, `whereabouts.rs`, `firmness.rs`; times that complete each other: `timing.rs`; goals by the text before and by the day: `goals.rs` |
//! | what lists of figures say of plans and wholes that they name once | `statement/planned.rs`; what else the figures of a sentence share: `shared.rs` |
//! | who tells it | `statement/speaker.rs` |
//! | a place that a sentence names and that is not where its figures hold | `elsewhere.rs` |
//! | what holds for the whole text | `setting.rs` |
//! | what runs on from sentence to sentence | `context.rs`; what a figure takes of that or of the figures before it: `settling.rs`; what dates a figure that has no time: `dating.rs`, in a headline `headline.rs`; which time runs on: `lasting.rs` |
//! | what a first look at the whole text finds | `survey.rs`; the enterprise that it is about: `protagonist.rs` |
//! | levels in points whose index the text names elsewhere | `points.rs` |
//! | gold by the `cây` | `taels.rs` |
//!
//! The words are not here: they live in `data/` and arrive as [`Knowledge`](knowledge::Knowledge).
//! This crate must not know HTML, publishers, polars, files or clocks.

mod aside;
mod codes;
mod confidence;
mod context;
mod dating;
mod elsewhere;
mod explain;
mod fold;
mod frame;
mod goals;
mod headline;
mod lasting;
mod letters;
mod lexicon;
mod mark;
mod measure;
mod measurements;
mod number;
mod partner;
mod pattern;
mod period;
mod place;
mod points;
mod protagonist;
mod quantity;
mod reader;
mod sentence;
mod setting;
mod settling;
mod specialise;
mod spelled;
mod statement;
mod survey;
mod synonyms;
mod table;
mod tabular;
mod taels;
mod text;
mod token;
mod topic;

pub use measurements::{Dated, Lean, Measurement};
pub use reader::{Grammar, Reading};
