//! The floors of the markets, which the figures of their trade are of.

use std::iter;

use super::{Draft, Sentence};
use crate::frame::Part;
use crate::letters::begins;
use crate::mark::{Narrowing, kind};
use crate::topic::words;

impl Sentence<'_> {
    /// The floor named last in a stretch: `sàn Hà Nội`, `HNX`, `VN30-Index`; empty where an index of all shares stands.
    ///
    /// A floor in full is better than its index beside it.
    pub(super) fn floor(&self, from: usize, to: usize) -> Option<String> {
        let mut found: Option<(usize, usize)> = None;
        let mut at = from;
        while at < to {
            if !self.hits.has(at, kind::FLOOR) {
                at += 1;
            } else if let Some(end) = self.index(at, to) {
                found = found.filter(|(from, to)| from < to).or_else(|| Some(self.index_code(at)));
                at = end;
            } else if let Some(end) = self.listed(at, to, Narrowing::Floor) {
                let named = if self.tokens[at].upper { Some(end) } else { self.floor_end(end, to) };
                found = named.map(|end| (at, end)).or(found);
                at = named.unwrap_or(end);
            } else {
                at += 1;
            }
        }
        found.map(|(from, to)| words(self.text, self.tokens, from, to))
    }

    /// Where an index ends: `VN30-Index`.
    fn index(&self, at: usize, to: usize) -> Option<usize> {
        self.listed(at, to, Narrowing::Index).filter(|_| self.tokens[at + 1].is('-'))
    }

    /// The code of an index that is of a floor: `VN30` of `VN30-Index`, nothing of `VN-Index`.
    fn index_code(&self, at: usize) -> (usize, usize) {
        let of_floor = self.tokens[at].end - self.tokens[at].start > 2;
        (at, at + usize::from(of_floor))
    }

    /// Where the name of a floor behind its noun ends: `Sở Giao dịch chứng khoán TP.HCM`.
    fn floor_end(&self, noun_end: usize, to: usize) -> Option<usize> {
        let name = |at: usize| matches!(self.frame.part(at), Part::Proper | Part::Place(_));
        let noun = |at: usize| self.frame.part(at) == Part::Noun && !self.tokens[at].capital;
        let first = (noun_end..to.min(noun_end + 3)).find(|at| !noun(*at)).unwrap_or(to.min(noun_end + 3));
        let last = (first..to.min(first + 4)).take_while(|at| name(*at) || self.tokens[*at].is('.')).last();
        last.map(|last| last + 1)
    }

    /// Whether a figure is of what is traded on a floor (`Tổng khối lượng khớp lệnh đạt …`, `202 mã tăng giá`).
    pub(super) fn is_traded(&self, draft: &Draft) -> bool {
        let name = draft.topic.text.as_str();
        let traded = |at: usize| self.known.lexicon.narrowing.traded.iter().any(|word| begins(&name[at..], word.chars()));
        let words = iter::once(0).chain(name.match_indices(' ').map(|(at, _)| at + 1));
        words.take_while(|at| *at <= 8).any(traded)
    }
}
