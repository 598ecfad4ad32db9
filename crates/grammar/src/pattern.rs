//! Names whose words stand apart: `giá … xuất khẩu bình quân`, `doanh nghiệp … chờ giải thể`.

use knowledge::Kind;
use smallvec::SmallVec;

use crate::lexicon::{Hits, Pattern};
use crate::mark::{Mark, kind};

/// A name found, over the tokens from its first word to its last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Apart {
    /// The indicator's number; none for a subject outside the vocabulary.
    pub(crate) indicator: Option<u16>,
    pub(crate) kind: Kind,
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// How much it says: words of its last part, parts, and a point for a unit that fits.
    pub(crate) weight: usize,
    /// Whether it asks for a unit, and the figure has that.
    pub(crate) fitted: bool,
}

/// The weightiest name whose parts stand in order within a range; `unit` is the figure's, where it is known.
pub(crate) fn find(patterns: &[Pattern], hits: &Hits, range: (usize, usize), unit: Option<&str>) -> Option<Apart> {
    // Names begun: which, the part that it waits for, and where it began.
    let mut open: SmallVec<[(u16, u8, usize); 16]> = SmallVec::new();
    let mut best: Option<Apart> = None;
    for at in range.0..range.1 {
        if !hits.has(at, kind::PATTERN) {
            continue;
        }
        let mut last = None;
        for hit in hits.at(at) {
            let (Mark::Pattern(number, part), end) = (hit.mark, hit.end as usize) else { continue };
            if end > range.1 {
                continue;
            }
            let pattern = &patterns[number as usize];
            let slot = if part == 0 { None } else { open.iter().rposition(|(begun, next, _)| *begun == number && *next == part) };
            if part > 0 && slot.is_none() {
                continue;
            }
            // (many names begin with the same words)
            let trap = last.filter(|(known, _)| *known == end).map_or_else(|| is_trapped(hits, at, end), |(_, trap)| trap);
            last = Some((end, trap));
            if trap {
                continue;
            }
            let start = slot.map_or(at, |slot| open.swap_remove(slot).2);
            let fits = pattern.units.is_empty() || unit.is_some_and(|unit| pattern.units.iter().any(|code| code == unit));
            if part + 1 < pattern.parts {
                if open.len() < open.inline_size() {
                    open.push((number, part + 1, start));
                }
            } else if fits {
                let weight = (end - at) + 2 * usize::from(pattern.parts) + usize::from(!pattern.units.is_empty());
                if best.is_none_or(|best| weight > best.weight) {
                    best = Some(Apart {
                        indicator: pattern.indicator,
                        kind: pattern.kind,
                        start,
                        end,
                        weight,
                        fitted: !pattern.units.is_empty(),
                    });
                }
            }
        }
    }
    best
}

/// Whether a word stands in an everyday phrase that means something else (`đầu tư` in `nhà đầu tư`).
fn is_trapped(hits: &Hits, at: usize, end: usize) -> bool {
    (at.saturating_sub(3)..=at).any(|start| {
        hits.at(start).iter().any(|hit| matches!(hit.mark, Mark::Trap) && hit.end as usize >= end && (start < at || hit.end as usize > end))
    })
}
