//! Items of lists: what opens them, and what they make of the subject of the list.

use knowledge::CueClass;

use super::Sentence;
use super::around::Around;
use crate::frame::{Name, What};
use crate::topic::{Topic, words};

impl Sentence<'_> {
    /// Where an item of a list begins whose name holds commas: `; ngành cung cấp nước và xử lý rác, nước thải tăng 5,4%`.
    pub(super) fn item(&self, around: &Around) -> Option<usize> {
        let strong = |at: usize| self.tokens[at].is(';') || self.tokens[at].is(':') || self.tokens[at].is('(');
        let start = (around.gap.0..around.clause.0).rev().find(|at| strong(*at)).map(|at| at + 1)?;
        let narrow = self.frame.cues.iter().any(|cue| cue.start == start && cue.classes.has(CueClass::Narrow));
        let governed = self.frame.cues.iter().any(|cue| {
            cue.start > start
                && cue.end < around.clause.0
                && cue.classes.any(&[CueClass::Up, CueClass::Down, CueClass::Share, CueClass::Reach])
        });
        (narrow && !governed && start < around.clause.0 - 1).then_some(start)
    }

    /// `Kế đến là dệt may, giá trị xuất khẩu đạt …`, `Hoa Kỳ dẫn đầu với kim ngạch …`: a product or partner that opens the clause or
    /// the one before it narrows the name that follows.
    pub(super) fn head_of_item(&self, topic: &mut Topic, around: &Around) {
        let Some(index) = topic.indicator.filter(|_| topic.product.is_none() && topic.partner.is_none() && topic.industry.is_none()) else {
            return;
        };
        let parts = &self.known.indicators[index as usize].parts;
        let named = |name: &&Name| match name.what {
            What::Product(_) => parts.contains(&knowledge::Part::Product),
            What::Partner(_) => parts.contains(&knowledge::Part::Partner),
            What::Industry(_) => parts.contains(&knowledge::Part::Industry),
            _ => false,
        };
        let from =
            (around.gap.0..around.clause.0).rev().find(|at| self.tokens[*at].is(';') || self.tokens[*at].is('.')).unwrap_or(around.gap.0);
        // (behind a figure its own complement comes first)
        let from = match around.previous {
            Some(_) => (from..around.clause.0).find(|at| self.is_joint(*at, 1)).unwrap_or(around.clause.0),
            None => from,
        };
        let inside = |name: &&Name| name.start >= from && name.end <= around.clause.1;
        let names: Vec<_> = self.frame.names.iter().filter(inside).filter(named).collect();
        if let [name] = names[..] {
            topic.take(name.what, words(self.text, self.tokens, name.start, name.end));
        }
    }

    /// Whether the clause is an item of a list that `trong đó` or a colon opened in this sentence.
    pub(super) fn is_part_of_list(&self, around: &Around) -> bool {
        let from = self.frame.range.0;
        around.previous.is_some() && (from..around.clause.0).any(|at| self.tokens[at].is(':') || self.tokens[at].is(';'))
            || self.frame.cues.iter().any(|c| c.start >= from && c.end <= around.clause.1 && c.classes.has(CueClass::Parts))
    }
}
