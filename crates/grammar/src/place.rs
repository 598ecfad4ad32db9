//! Places in a sentence: which of the names that could be places are places.

use knowledge::{CueClass, Knowledge, Needs, RegionKind};

use crate::lexicon::Hits;
use crate::mark::{Mark, kind};
use crate::text::Text;
use crate::token::Token;

/// A place named over tokens `start..end`, by its number in [`knowledge::Regions::all`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) region: u16,
    /// Whether the region itself is named, not a district in it.
    pub(crate) whole: bool,
    /// Whether it lies abroad.
    pub(crate) abroad: bool,
    /// Whether a word of place (`tại`, `ở`, `trên địa bàn`, `tỉnh`) stands before it.
    pub(crate) led: bool,
}

/// The regions' numbers by the names that mean them, made once.
#[derive(Debug)]
pub(crate) struct Places {
    /// For every name the numbers of its regions.
    regions: Vec<Vec<u16>>,
}

impl Places {
    pub(crate) fn new(known: &Knowledge) -> Self {
        let number = |id: &String| known.regions.all().iter().position(|region| region.id == *id).map(|at| at as u16);
        Self { regions: known.regions.names().iter().map(|name| name.regions.iter().filter_map(number).collect()).collect() }
    }

    /// Finds the places of a sentence, in order; they do not overlap.
    #[expect(clippy::too_many_arguments, reason = "what a sentence is searched with")]
    pub(crate) fn find(
        &self,
        known: &Knowledge,
        text: &Text,
        tokens: &[Token],
        hits: &Hits,
        range: (usize, usize),
        context: &[u16],
        out: &mut Vec<Place>,
    ) {
        let mut at = range.0;
        while at < range.1 {
            if !hits.has(at, kind::PLACE) {
                at += 1;
                continue;
            }
            let within = || hits.at(at).iter().filter(|hit| hit.end as usize <= range.1);
            let place = within().find(|hit| matches!(hit.mark, Mark::Place(_)));
            let name = || within().find(|hit| matches!(hit.mark, Mark::Indicator(..) | Mark::Subject(..)));
            // A longer name that begins here hides the place (`Thái` in `thái độ`); one that began before does not (`GDP cả nước`).
            let Some(hit) = place.filter(|place| name().is_none_or(|name| name.end <= place.end)) else {
                at += 1;
                continue;
            };
            let Mark::Place(name) = hit.mark else {
                at += 1;
                continue;
            };
            let end = hit.end as usize;
            // A name of one syllable in a row of capitals is part of another (`Phú Mỹ`); a province's full name ends a body's (`Công Thương Hà Nội`).
            let full = end - at >= 2 && known.regions.names()[name as usize].whole;
            let inside_name = tokens[at].capital && !full && neighbour_capital(tokens, hits, at, range);
            match self.place(known, text, tokens, hits, at, end, name, context, range, inside_name) {
                Some(place) => {
                    out.push(place);
                    at = end;
                }
                None => at += 1,
            }
        }
        // `cao tốc Hà Nội - Hải Phòng`: the ends of a road are no place where something is.
        let route = |a: &Place, b: &Place| a.region != b.region && a.end + 1 == b.start && tokens[a.end].is('-');
        let mut before: Option<Place> = None;
        let mut keep = 0;
        for at in 0..out.len() {
            let place = out[at];
            let end = out.get(at + 1).is_some_and(|next| route(&place, next)) || before.is_some_and(|before| route(&before, &place));
            before = Some(place);
            if !end {
                out[keep] = place;
                keep += 1;
            }
        }
        out.truncate(keep);
    }

    #[expect(clippy::too_many_arguments, reason = "one step of the search above")]
    fn place(
        &self,
        known: &Knowledge,
        text: &Text,
        tokens: &[Token],
        hits: &Hits,
        at: usize,
        end: usize,
        name: u16,
        context: &[u16],
        range: (usize, usize),
        inside_name: bool,
    ) -> Option<Place> {
        let entry = &known.regions.names()[name as usize];
        let regions = &self.regions[name as usize];
        let kind = ends_with(hits, at, range.0, |mark| mark == Mark::PlaceWord);
        let led = kind || led_in(text, tokens, at, range.0);
        let fits = match entry.needs {
            Needs::Nothing => !inside_name || kind,
            Needs::PlaceWord => led && !inside_name,
            Needs::Kind => kind,
            Needs::Province => kind && (regions.len() == 1 || regions.iter().any(|region| context.contains(region))),
        };
        if !fits {
            return None;
        }
        let region = regions.iter().copied().find(|region| context.contains(region)).or_else(|| regions.first().copied())?;
        let entry_region = &known.regions.all()[region as usize];
        let abroad = match entry_region.kind {
            RegionKind::Country => entry_region.id != "VN",
            RegionKind::Area | RegionKind::Province => false,
            RegionKind::Bloc => true,
        };
        Some(Place { start: at, end, region, whole: entry.whole, abroad, led })
    }
}

/// Whether a capital word stands right beside a name, so that it is part of a longer one (`Phú Mỹ`, `Việt Nam Airlines`).
fn neighbour_capital(tokens: &[Token], hits: &Hits, at: usize, range: (usize, usize)) -> bool {
    let capital = |i: usize| tokens.get(i).is_some_and(|t| t.is_word() && t.capital && !t.line) && i < range.1;
    // `Sở Công Thương Cần Thơ`: an office is where it reports from.
    let office = (at.saturating_sub(8).max(range.0)..at)
        .rev()
        .take_while(|i| tokens[*i].is_word())
        .any(|i| hits.at(i).iter().any(|hit| hit.mark == Mark::Cue(CueClass::Office)));
    if office {
        return false;
    }
    at > range.0
        && capital(at - 1)
        && !tokens[at].line
        && at - 1 > range.0
        && !hits.at(at - 1).iter().any(|hit| hit.mark == Mark::PlaceWord || matches!(hit.mark, Mark::Cue(_)))
}

/// Whether a meaning that passes a test ends right before a token.
fn ends_with(hits: &Hits, at: usize, from: usize, test: impl Fn(Mark) -> bool) -> bool {
    (at.saturating_sub(4).max(from)..at).any(|start| hits.at(start).iter().any(|hit| hit.end as usize == at && test(hit.mark)))
}

/// Whether a preposition of place stands before a token: `tại`, `ở`, `trên địa bàn`, `của`.
fn led_in(text: &Text, tokens: &[Token], at: usize, from: usize) -> bool {
    let Some(before) = at.checked_sub(1).filter(|i| *i >= from) else { return false };
    let token = &tokens[before];
    let word = &text.chars[token.start as usize..token.end as usize];
    matches!(word, ['t' | 'T', 'ạ', 'i'] | ['ở' | 'Ở' | ','] | ['b', 'à', 'n'] | ['c', 'ủ', 'a'] | ['t', 'ỉ', 'n', 'h'] | ['p', 'h', 'ố'])
        && (token.is_word() || before > from)
}
