//! The floors of the markets, which the figures of their trade are of.

use super::{Draft, Sentence};
use crate::frame::Part;
use crate::topic::words;

impl Sentence<'_> {
    /// The floor named last in a stretch: `sàn Hà Nội`, `HNX`, `VN30-Index`; empty where an index of all shares stands.
    ///
    /// A floor in full is better than its index beside it.
    pub(super) fn floor(&self, from: usize, to: usize) -> Option<String> {
        let floors = &self.known.lexicon.narrowing.floors;
        let mut found: Option<String> = None;
        let mut at = from;
        while at < to {
            let Some(end) = self.listed(at, to, floors) else {
                at += 1;
                continue;
            };
            let name = |at: usize| matches!(self.frame.part(at), Part::Proper | Part::Place(_));
            let noun = |at: usize| self.frame.part(at) == Part::Noun && !self.tokens[at].capital;
            let said = words(self.text, self.tokens, at, end);
            if let Some((code, _)) = said.split_once('-') {
                let code = if code.len() > 2 { code } else { "" };
                if found.as_deref().unwrap_or_default().is_empty() {
                    found = Some(code.to_owned());
                }
                at = end;
            } else if self.tokens[at].upper {
                (found, at) = (Some(said), end);
            } else {
                // (`Sở Giao dịch chứng khoán TP.HCM`)
                let first = (end..to.min(end + 3)).take_while(|at| noun(*at)).last().map_or(end, |at| at + 1);
                let last = (first..to.min(first + 4)).take_while(|at| name(*at) || self.tokens[*at].is('.')).last();
                if let Some(last) = last {
                    found = Some(words(self.text, self.tokens, at, last + 1));
                }
                at = last.map_or(end, |last| last + 1);
            }
        }
        found
    }

    /// Whether a figure is of what is traded on a floor (`Tổng khối lượng khớp lệnh đạt …`, `202 mã tăng giá`).
    pub(super) fn is_traded(&self, draft: &Draft) -> bool {
        let name = draft.topic.text.to_lowercase();
        let begins = |word: &String| name.match_indices(word.as_str()).any(|(at, _)| at <= 8);
        self.known.lexicon.narrowing.traded.iter().any(begins)
    }
}
