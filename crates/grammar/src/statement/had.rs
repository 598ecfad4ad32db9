//! What cases have in common that a list then tells of each: `hai tỉnh có giá tiêu dùng giảm là Thái Nguyên (-0,6%), Bình Định (-0,5%)`.

use knowledge::CueClass;

use super::around::Around;
use super::{Draft, Found, Sentence};
use crate::frame::Part;
use crate::mark::Particle;
use crate::quantity::{Measured, Quantity};
use crate::topic::{Stretch, Topic, strength, stretch, words};

impl Sentence<'_> {
    /// The name behind `có` of those whose list the figure stands in, where nothing but their number was told before.
    pub(super) fn had_by_cases(
        &self,
        quantity: &Quantity,
        around: &Around,
        own: Option<&(Stretch, usize, usize)>,
        previous: Option<&Draft>,
    ) -> Option<(Topic, Found)> {
        let counted = |draft: &Draft| self.frame.quantities[draft.quantity].measured == Measured::Things;
        previous.filter(|draft| counted(draft) && matches!(quantity.measured, Measured::Unit(_)))?;
        let unit = self.unit_kind(quantity)?;
        let from = self.frame.range.0;
        let opens = (from..quantity.start).find(|at| self.tokens[*at].is(':') || self.tokens[*at].is('('))?;
        let has = (from + 1..opens).find(|at| self.hits.says(*at, Particle::Has) && self.ends_cases(*at))?;
        let ends = |at: &usize| match self.frame.part(*at) {
            Part::Mark | Part::Place(_) | Part::Quantity(_) => true,
            Part::Cue(cue) => self.frame.cues[cue as usize].classes.any(&[CueClass::Level, CueClass::Parts, CueClass::Act]),
            _ => false,
        };
        let stop = (has + 1..opens).find(ends).unwrap_or(opens);
        let found = self.fitting(stretch(self.known, self.frame, has + 1, stop), quantity, stop);
        let mut topic = if found.head.is_some_and(|head| strength(self.known, &head) == 3) {
            Topic::of(self.known, self.frame, self.text, self.tokens, &found, has + 1, stop)
        } else {
            let (first, last) = found.content.filter(|_| found.nouns > 0)?;
            let text = words(self.text, self.tokens, first, last);
            let measures = self.opens_measure(&text).is_some_and(|(units, _)| units.contains(&unit));
            Some(Topic { text, ..Topic::default() }).filter(|_| measures)?
        };
        if let Some((found, from, to)) = own.filter(|(_, from, _)| *from >= around.clause.0) {
            topic = topic.narrowed(self.frame, self.text, self.tokens, found, *from, *to);
        }
        Some((topic, Found::Sentence))
    }

    /// Whether right before a token stand counted things.
    fn ends_cases(&self, at: usize) -> bool {
        matches!(self.frame.part(at - 1), Part::Quantity(index) if self.frame.quantities[index as usize].measured == Measured::Things)
    }
}
