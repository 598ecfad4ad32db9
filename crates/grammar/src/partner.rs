//! Names of partners that are everyday words or people's names too (`Anh`, `Đức`, `Ý`).

use knowledge::CueClass;

use crate::frame::{Frame, What};
use crate::lexicon::Hits;
use crate::mark::Mark;
use crate::token::Token;

/// A list of partners has no more tokens between one and the next (`Ấn Độ (5,4%) và Đức`).
const APART: usize = 8;

/// Whether a word with a capital letter is a country where it stands: behind a word of direction (`sang Đức`) or in a list of
/// partners (`Mỹ, Anh và Hà Lan`); never inside a longer name (`Đức Thọ`).
pub(crate) fn is_country(frame: &Frame, tokens: &[Token], hits: &Hits, start: usize, end: usize) -> bool {
    let (first, last) = frame.range;
    let named = |at: usize| (first..last).contains(&at) && tokens[at].is_word() && tokens[at].capital && !tokens[at].line;
    if !tokens[start].capital || named(end) || start > first && named(start - 1) && !tokens[start].line {
        return false;
    }
    let toward = (start.saturating_sub(2).max(first)..start).any(|at| hits.spans((at, start), Mark::Toward));
    let before = || frame.names.last().filter(|name| matches!(name.what, What::Partner(_)) && name.end + APART > start);
    let goes_on = || before().is_some_and(|name| name.end < start && joins(frame, tokens, hits, name.end, start));
    let partner = |at: usize| hits.at(at).iter().any(|hit| matches!(hit.mark, Mark::Partner(_)));
    let opens = || end + 1 < last && joins(frame, tokens, hits, end, end + 1) && partner(end + 1);
    toward || goes_on() || opens()
}

/// Whether there is nothing but figures, marks and particles between two members of a list.
fn joins(frame: &Frame, tokens: &[Token], hits: &Hits, from: usize, to: usize) -> bool {
    let particle = |at: usize| hits.end_within(at, to, Mark::Cue(CueClass::Function)).is_some();
    let figure = |at: usize| frame.quantities.iter().any(|quantity| quantity.start <= at && at < quantity.end);
    (from..to).all(|at| figure(at) || !tokens[at].is_word() || particle(at))
}
