//! The phrases of a sentence that can narrow its figures (`Công ty An Phát`, `người lao động của nhà máy`).
//!
//! They are looked for where one is asked for, word by word, and become strings only where one is taken.

use std::iter;

use knowledge::CueClass;

use super::Sentence;
use crate::frame::{Part, What};
use crate::letters::same;
use crate::mark::{Mark, Narrowing};
use crate::token::Kind;
use crate::topic::words;

/// So many words of a phrase are enough to say what it is.
const ENOUGH: usize = 8;

/// A phrase that can narrow: tokens `start..end`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Phrase {
    pub(super) start: usize,
    pub(super) end: usize,
    /// Whether a name or a noun of kinds stands in it.
    pub(super) marked: bool,
}

/// What a part of a sentence does for a phrase.
struct Piece {
    /// The token behind it.
    next: usize,
    /// Whether a phrase takes it in.
    taken: bool,
    /// Whether it is a name or a noun of kinds.
    marks: bool,
}

impl Sentence<'_> {
    /// The phrases of tokens `from..to` that are no subject, cue or adjunct.
    pub(super) fn phrases(&self, from: usize, to: usize) -> impl Iterator<Item = Phrase> {
        let mut at = from;
        let all = iter::from_fn(move || {
            let phrase = self.phrase(at, to)?;
            at = phrase.end;
            Some(phrase)
        });
        all.filter(|phrase| !self.is_outlet(phrase) && !self.is_gloss(phrase))
            .map(|phrase| Phrase { marked: self.is_marked(&phrase), ..phrase })
    }

    /// The next phrase of a stretch.
    fn phrase(&self, from: usize, to: usize) -> Option<Phrase> {
        let mut open: Option<Phrase> = None;
        let mut at = from;
        while at < to {
            let piece = self.piece(at, open.is_some());
            if piece.taken {
                let phrase = open.get_or_insert_with(|| Phrase { start: self.kind_before(at, from), end: at, marked: false });
                phrase.end = piece.next.min(to);
                phrase.marked |= piece.marks;
            } else if open.is_some() {
                break;
            }
            at = piece.next;
        }
        open
    }

    /// Where the phrase of a place in a province begins: at the word that says what it is (`huyện Hoằng Hóa`).
    fn kind_before(&self, at: usize, from: usize) -> usize {
        let Part::Place(_) = self.frame.part(at) else { return at };
        let kind = |start: &usize| self.hits.spans((*start, at), Mark::PlaceWord);
        (at.saturating_sub(2).max(from)..at).find(kind).unwrap_or(at)
    }

    /// What the part of the sentence that begins at a token does for a phrase, which may be open before it.
    fn piece(&self, at: usize, open: bool) -> Piece {
        let frame = self.frame;
        let (next, taken, marks) = match frame.part(at) {
            Part::Noun => (at + 1, true, self.begins_name(at)),
            Part::Proper => (at + 1, true, true),
            Part::Name(index) => {
                let name = frame.names[index as usize];
                (name.end, !name.is_subject() && name.what != What::Anaphor, true)
            }
            Part::Place(index) => {
                let place = frame.places[index as usize];
                // (`huyện Hoằng Hóa đạt 592 tỷ đồng`: the region is its province, so the words say which district)
                let named = place.abroad || !place.whole;
                (place.end, open || named, named)
            }
            Part::Cue(index) => {
                let cue = &frame.cues[index as usize];
                let narrow = cue.classes.has(CueClass::Narrow) && cue.start == at;
                (cue.end.max(at + 1), narrow || open && self.joins(at), narrow)
            }
            Part::Mark => {
                let token = &self.tokens[at];
                (at + 1, open && (token.is('-') && !token.spaced || token.is('&')), false)
            }
            Part::Light | Part::Mention(_) | Part::Quantity(_) => (at + 1, false, false),
        };
        Piece { next, taken, marks }
    }

    /// Whether a word joins what stands on both sides of it to one phrase (`người lao động của nhà máy`).
    fn joins(&self, at: usize) -> bool {
        let next = at + 1 < self.frame.range.1 && matches!(self.frame.part(at + 1), Part::Noun | Part::Proper);
        next && self.listed(at, at + 1, Narrowing::Link).is_some()
    }

    /// `QĐM - Lợi nhuận …`, `(QĐM) …`: the outlet that a text begins with is no part of what it tells.
    fn is_outlet(&self, phrase: &Phrase) -> bool {
        let (from, to) = self.frame.range;
        let dash = phrase.end < to && self.tokens[phrase.end].is('-') && self.tokens[phrase.end].spaced;
        let bracketed = phrase.start == from + 1 && self.tokens[from].is('(') && phrase.end < to && self.tokens[phrase.end].is(')');
        phrase.start == from && dash && phrase.end == from + 1 || bracketed
    }

    /// `thuế thu nhập doanh nghiệp (TNDN)`, `chi cục khu vực V`: the initials of what stands before them, and a letter alone.
    fn is_gloss(&self, phrase: &Phrase) -> bool {
        let ((from, to), token) = (self.frame.range, &self.tokens[phrase.start]);
        if phrase.end > phrase.start + 1 || !token.upper {
            return false;
        }
        let size = (token.end - token.start) as usize;
        let bracketed = || self.tokens[phrase.start - 1].is('(') && phrase.end < to && self.tokens[phrase.end].is(')');
        let initials = || (phrase.start - 1 - size..phrase.start - 1).map(|at| self.text.chars[self.tokens[at].start as usize]);
        size == 1 || phrase.start > from + size && bracketed() && same(self.letters(phrase.start, phrase.end), initials())
    }

    /// Whether a phrase is a name or of a kind, and no teller's (`Sở Công Thương`).
    fn is_marked(&self, phrase: &Phrase) -> bool {
        let of_office = || self.frame.cues.iter().any(|cue| cue.end == phrase.start && cue.classes.has(CueClass::Office));
        self.is_of_body(phrase) || phrase.marked && self.listed(phrase.start, phrase.end, Narrowing::Teller).is_none() && !of_office()
    }

    /// Whether a phrase begins with a noun of those who have figures of their own (`công ty An Phát`).
    fn is_of_body(&self, phrase: &Phrase) -> bool {
        self.listed(phrase.start, phrase.end, Narrowing::Body).is_some()
    }

    /// Whether a sentence begins with a name (`Vinacafé Biên Hòa`, `UDC`).
    pub(super) fn begins_name(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        let next = at + 1 < self.frame.range.1 && self.frame.part(at + 1) == Part::Proper;
        at == self.frame.range.0 && token.capital && (next || token.upper && token.end - token.start >= 2)
    }

    /// Whether a phrase names someone or something that further sentences can be about: a code, a name of two words, a body with
    /// its name.
    pub(super) fn is_firm(&self, phrase: &Phrase) -> bool {
        let proper = |at: usize| self.frame.part(at) == Part::Proper || self.begins_name(at);
        let code = |at: usize| proper(at) && self.is_own_code(at) && self.tokens[at].end - self.tokens[at].start >= 2;
        let body = self.is_of_body(phrase);
        (phrase.start..phrase.end).any(|at| code(at) || proper(at) && (body || at + 1 < phrase.end && proper(at + 1)))
    }

    /// Whether a word is printed in capitals and no everyday short form (`HĐQT`, `BCTC`): in `HĐQT HAG` the code is `HAG`.
    fn is_own_code(&self, at: usize) -> bool {
        self.tokens[at].upper && self.listed(at, at + 1, Narrowing::Hollow).is_none()
    }

    /// Whether a phrase is nothing but a province or the country, of which the region tells (`toàn tỉnh Thanh Hóa`).
    pub(super) fn is_place(&self, phrase: &Phrase) -> bool {
        let ends = |place: &&crate::place::Place| place.end == phrase.end && place.start >= phrase.start && place.whole && !place.abroad;
        let place = self.frame.places.iter().find(ends);
        place.is_some_and(|place| self.says_nothing(phrase.start, place.start))
    }

    /// `xã Tân Đức, huyện Phú Bình`: a district behind the name of a place in it only says where that is.
    pub(super) fn ends_address(&self, phrase: &Phrase) -> bool {
        let district = self.frame.places.iter().any(|place| place.end == phrase.end && place.start >= phrase.start && !place.whole);
        let Some(before) = phrase.start.checked_sub(2).filter(|before| *before >= self.frame.range.0) else { return false };
        district && self.tokens[before + 1].is(',') && matches!(self.frame.part(before), Part::Proper | Part::Place(_))
    }

    /// Whether tokens `from..to` narrow nothing, alone or together (`địa bàn tỉnh`).
    pub(super) fn says_nothing(&self, from: usize, to: usize) -> bool {
        let mut at = from;
        while at < to {
            let end = self.listed(at, to, Narrowing::Hollow).or_else(|| matches!(self.tokens[at].kind, Kind::Mark(_)).then_some(at + 1));
            let Some(end) = end else { return false };
            at = end;
        }
        true
    }

    /// The name in a phrase: its code, or the phrase as far as its names go.
    pub(super) fn firm(&self, phrase: &Phrase) -> String {
        let code = |at: &usize| {
            let token = &self.tokens[*at];
            self.frame.part(*at) == Part::Proper && self.is_own_code(*at) && token.end - token.start >= 3
        };
        match (phrase.start..phrase.end).find(code) {
            Some(at) if !self.is_of_body(phrase) => words(self.text, self.tokens, at, at + 1),
            _ => self.said(phrase),
        }
    }

    /// The words of a phrase: up to the last of its names, or the first few.
    pub(super) fn said(&self, phrase: &Phrase) -> String {
        let proper = |at: usize| self.frame.part(at) == Part::Proper;
        // (`Chính phủ`, `Nhà nước`: a capital alone begins a word of two syllables)
        let alone = |at: usize| !self.tokens[at].upper && (at == phrase.start || !proper(at - 1));
        let end = match (phrase.start..phrase.end).rev().find(|at| proper(*at)) {
            Some(at) if alone(at) => phrase.end.min(at + 2),
            Some(at) => at + 1,
            None => phrase.end,
        };
        words(self.text, self.tokens, phrase.start, end.min(phrase.start + ENOUGH))
    }

    /// Where the longest of some words that begin at a token ends: `công ty`, `tổng công ty`.
    pub(super) fn listed(&self, at: usize, limit: usize, list: Narrowing) -> Option<usize> {
        self.hits.end_within(at, limit, Mark::Narrowing(list))
    }

    /// The letters of tokens `from..to`, as printed.
    pub(super) fn letters(&self, from: usize, to: usize) -> impl Iterator<Item = char> + Clone {
        let span = if from < to { self.tokens[from].start as usize..self.tokens[to - 1].end as usize } else { 0..0 };
        self.text.chars[span].iter().map(|letter| if *letter == '\n' { ' ' } else { *letter })
    }
}
