//! Places in a sentence: which of the names that could be places are places.

use knowledge::{CueClass, Kind, Knowledge, Needs, RegionKind};

use crate::elsewhere::{Named, is_elsewhere, is_ranked};
use crate::lexicon::Hits;
use crate::mark::{Mark, Particle, kind};
use crate::text::Text;
use crate::token::Token;

/// So many tokens at most name what a country trades and stand before `của`.
const LONGEST_GOODS: usize = 8;

/// More words than the name of a ministry has before its country.
const LONGEST_MINISTRY: usize = 6;
/// Tokens from one share to the next in a list with a figure each.
const TICKERS_APART: usize = 9;
/// A sentence names within so many words on whose word it stands.
const OPENING: usize = 12;

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
    /// Whether it is a body whose word is about a whole country (`Bộ Tài chính`, `Fed`).
    pub(crate) office: bool,
    /// Whether the words beside it say that a figure is the country's own (`kinh tế Đức`).
    pub(crate) own: bool,
}

/// The regions' numbers by the names that mean them, made once.
#[derive(Debug)]
pub(crate) struct Places {
    /// For every name the numbers of its regions.
    regions: Vec<Vec<u16>>,
    /// The country itself.
    pub(crate) nation: Option<u16>,
    /// The world, whose market has prices of its own.
    pub(crate) world: Option<u16>,
}

impl Places {
    pub(crate) fn new(known: &Knowledge) -> Self {
        let number = |id: &str| known.regions.all().iter().position(|region| region.id == id).map(|at| at as u16);
        let regions = known.regions.names().iter().map(|name| name.regions.iter().filter_map(|id| number(id)).collect()).collect();
        Self { regions, nation: number("VN"), world: number("world") }
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
        // Whether an area was named among whose provinces one has its rank.
        let mut among = false;
        while let Some(next) = hits.next((at, range.1), kind::PLACE) {
            at = next;
            if is_ticker(tokens, at, range) {
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
                    let region = &known.regions.all()[place.region as usize];
                    if is_elsewhere(tokens, hits, range, &Named { start: at, end, kind: region.kind, abroad: place.abroad }) {
                        among |= region.kind == RegionKind::Area;
                    } else {
                        out.push(place);
                    }
                    at = end;
                }
                None => at += 1,
            }
        }
        // `Cần Thơ đứng đầu cả nước`: beside a place of its own the country is what that has its rank in.
        if among || out.iter().any(|place| is_local(known, place)) {
            out.retain(|place| place.abroad || is_local(known, place) || !is_ranked(tokens, hits, range, place.start));
        }
        // `Tại Bắc Giang, thủ phủ vải thiều của Việt Nam, …`: what a place is to the country stands beside its name.
        if let Some(at) = (1..out.len()).find(|at| self.is_apposed(known, tokens, hits, range, &out[at - 1], &out[*at])) {
            out.remove(at);
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
        self.join(known, tokens, hits, range, out);
    }

    /// Whether the country only ends what is said between commas of the place before it.
    fn is_apposed(&self, known: &Knowledge, tokens: &[Token], hits: &Hits, range: (usize, usize), place: &Place, nation: &Place) -> bool {
        let closes = |at: usize| at < range.1 && (tokens[at].is(',') || tokens[at].is(')') || tokens[at].is('-'));
        let opens = place.end < nation.start && (closes(place.end) || tokens[place.end].is('('));
        let mut inside = (place.end + 1).min(nation.start)..nation.start;
        is_local(known, place)
            && Some(nation.region) == self.nation
            && !nation.office
            && opens
            && closes(nation.end)
            && hits.says(nation.start - 1, Particle::Of)
            && inside.all(|at| tokens[at].is_word() || tokens[at].is('"'))
    }

    /// Whether a sentence names the country itself.
    fn names_nation(&self, known: &Knowledge, hits: &Hits, range: (usize, usize)) -> bool {
        let nation = |mark: Mark| match mark {
            Mark::Place(name) => known.regions.names()[name as usize].whole && self.regions[name as usize].first() == self.nation.as_ref(),
            _ => false,
        };
        (range.0..range.1).any(|at| hits.has(at, kind::PLACE) && hits.at(at).iter().any(|hit| nation(hit.mark)))
    }

    /// `Tại Hải Phòng, Bắc Kạn và Tuyên Quang`: what is said of several provinces at once is about the country,
    /// if each does not get a figure of its own (`lần lượt`).
    fn join(&self, known: &Knowledge, tokens: &[Token], hits: &Hits, range: (usize, usize), out: &mut Vec<Place>) {
        let each = |at: usize| hits.is(at, Mark::Cue(CueClass::Respectively));
        if out.len() < 2 || (range.0..range.1).any(each) {
            return;
        }
        let mut from = 0;
        while from < out.len() {
            let mut to = from + 1;
            while to < out.len()
                && out[from..=to].iter().all(|place| place.whole && is_local(known, place))
                && out[from..to].iter().all(|place| place.region != out[to].region)
                && is_joined(tokens, hits, out[to - 1].end, out[to].start)
            {
                to += 1;
            }
            let several = to - from >= 3 || to - from == 2 && !tokens[out[from].end].is(',');
            if let Some(region) = self.nation.filter(|_| several) {
                out[from] = Place { end: out[to - 1].end, region, ..out[from] };
                out.drain(from + 1..to);
            }
            from += 1;
        }
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
        let kind = ends_in(hits, at, range.0, Mark::PlaceWord);
        // (`VIX, VND, HCM`: among codes in capitals it is one of them)
        let code = tokens[at].upper && end == at + 1;
        // (`Sơn La 9,5%; Hòa Bình 10,4%`)
        let items = at > range.0 && tokens[at - 1].is(';') && end > at + 1;
        let listed = items || at > range.0 && tokens[at - 1].is(',') && !(code && at > range.0 + 1 && tokens[at - 2].upper);
        let led = kind || led_in(hits, at, range.0);
        // (`Tỉnh ủy Hòa Bình`)
        let office = || ends_in(hits, at, range.0, Mark::Cue(CueClass::Office));
        let fits = match entry.needs {
            Needs::Nothing => !inside_name || kind,
            // (`giá vàng trong nước`)
            Needs::PlaceWord => {
                (led || listed
                    || office()
                    || ends_with(hits, at, range.0, |mark| is_of_economy(known, mark))
                    || regions.first() == self.nation.as_ref() && is_of_goods(known, hits, at, range.0))
                    && !inside_name
            }
            Needs::Kind => kind,
            Needs::Province => kind && (regions.len() == 1 || regions.iter().any(|region| context.contains(region))),
        };
        if !fits {
            return None;
        }
        let region = regions.iter().copied().find(|region| context.contains(region)).or_else(|| regions.first().copied())?;
        // `xã Bình Minh`: a commune can be called like a district of another province.
        if !entry.whole && !context.is_empty() && !context.contains(&region) && is_commune(text, tokens, at, range.0) {
            return None;
        }
        let entry_region = &known.regions.all()[region as usize];
        let abroad = match entry_region.kind {
            RegionKind::Country => entry_region.id != "VN",
            RegionKind::Area | RegionKind::Province => false,
            RegionKind::Bloc => true,
        };
        // (`phường Quảng Châu`, `xã Hà Lan`: nor is a commune abroad)
        if abroad && is_commune(text, tokens, at, range.0) {
            return None;
        }
        let office = entry_region.offices.contains(&entry.text);
        let acts = |at: usize| hits.is(at, Mark::Acts);
        let opens = at == range.0 || !tokens[at - 1].is_word() && !tokens[at - 1].is_number() && !tokens[at - 1].is('(');
        let own = abroad
            && (office
                || is_own(known, tokens, hits, at, range.0)
                || opens && end < range.1 && acts(end) && !self.names_nation(known, hits, range));
        Some(Place { start: at, end, region, whole: entry.whole, abroad, led, office, own })
    }
}

/// Whether two places are joined by a comma or `và`, with nothing but a word of place behind it.
fn is_joined(tokens: &[Token], hits: &Hits, from: usize, to: usize) -> bool {
    let joint = tokens[from].is(',') || hits.says(from, Particle::And);
    let kind = |at: usize| hits.spans((at, to), Mark::PlaceWord);
    from < to && joint && (from + 1 == to || to <= from + 3 && kind(from + 1))
}

/// Whether a word of the smallest places stands before a token: `xã`, `phường`, `thôn`, `ấp`, `khu đô thị`.
fn is_commune(text: &Text, tokens: &[Token], at: usize, from: usize) -> bool {
    let Some(before) = at.checked_sub(1).filter(|i| *i >= from) else { return false };
    let word = |at: usize| &text.chars[tokens[at].start as usize..tokens[at].end as usize];
    let town = before > from && matches!((word(before - 1), word(before)), (['đ' | 'Đ', 'ô'], ['t', 'h', 'ị']));
    town || matches!(word(before), ['x' | 'X', 'ã'] | ['ấ' | 'Ấ', 'p'] | ['t' | 'T', 'h', 'ô', 'n'] | ['p' | 'P', 'h', 'ư', 'ờ', 'n', 'g'])
}

/// Whether words are about the whole of an economy, so that a country behind them is the one: `kinh tế`, `lạm phát`.
fn is_of_economy(known: &Knowledge, mark: Mark) -> bool {
    let Mark::Indicator(index, _) = mark else { return mark == Mark::Own };
    let indicator = &known.indicators[index as usize];
    match indicator.topic.as_str() {
        "national_accounts" | "population_labour" | "money" | "living_standards" | "public_finance" => true,
        "prices" => indicator.kind != Kind::Price,
        _ => false,
    }
}

/// Whether the words before a country abroad say that a figure is its own: `kinh tế Đức`, `GDP của Mỹ`, `xuất khẩu của Thái Lan`,
/// `Theo Bộ Lao động Mỹ`.
fn is_own(known: &Knowledge, tokens: &[Token], hits: &Hits, at: usize, from: usize) -> bool {
    let of = at.checked_sub(1).filter(|before| *before > from && hits.says(*before, Particle::Of));
    let of_trade = |mark: Mark| match mark {
        Mark::Indicator(index, _) => known.indicators[index as usize].topic == "foreign_trade",
        _ => false,
    };
    // (`chỉ số giá đô la Mỹ` is of a currency)
    let currency = |start: usize| hits.at(start).iter().any(|hit| hit.end as usize > at && matches!(hit.mark, Mark::Unit(_)));
    if (at.saturating_sub(4).max(from)..at).any(currency) {
        return false;
    }
    let ministry = |i: usize| tokens[i].capital && hits.is(i, Mark::Ministry);
    let near = at.saturating_sub(LONGEST_MINISTRY).max(from);
    ends_with(hits, at, from, |mark| is_of_economy(known, mark))
        || of.is_some_and(|of| ends_with(hits, of, from, |mark| of_trade(mark) || is_of_economy(known, mark)))
        // (`nhập khẩu đồ nội thất nhà bếp của Hoa Kỳ`)
        || of.is_some_and(|of| {
            let goods = |start: u32| hits.at(start as usize).iter().any(|hit| matches!(hit.mark, Mark::Product(_)) && hit.end as usize <= of);
            let trade = |start: usize| hits.at(start).iter().any(|hit| of_trade(hit.mark) && (hit.end as usize) < of && goods(hit.end));
            let near = of.saturating_sub(LONGEST_GOODS).max(from)..of;
            near.rev().take_while(|start| tokens[*start].is_word()).any(trade)
        })
        || at < from + OPENING && (near..at).rev().take_while(|i| tokens[*i].is_word()).any(ministry)
}

/// Whether a place is a province or an area of the country.
fn is_local(known: &Knowledge, place: &Place) -> bool {
    matches!(known.regions.all()[place.region as usize].kind, RegionKind::Province | RegionKind::Area)
}

/// Whether a capital word stands right beside a name, so that it is part of a longer one (`Phú Mỹ`, `Việt Nam Airlines`).
fn neighbour_capital(tokens: &[Token], hits: &Hits, at: usize, range: (usize, usize)) -> bool {
    let capital = |i: usize| tokens.get(i).is_some_and(|t| t.is_word() && t.capital && !t.line) && i < range.1;
    // `Sở Công Thương Cần Thơ`: an office is where it reports from.
    let office =
        (at.saturating_sub(8).max(range.0)..at).rev().take_while(|i| tokens[*i].is_word()).any(|i| hits.is(i, Mark::Cue(CueClass::Office)));
    if office {
        return false;
    }
    at > range.0
        && capital(at - 1)
        && !tokens[at].line
        && at - 1 > range.0
        && !(hits.is(at - 1, Mark::PlaceWord) || hits.has(at - 1, kind::CUE))
}

/// Whether a meaning that passes a test ends right before a token.
fn ends_with(hits: &Hits, at: usize, from: usize, test: impl Fn(Mark) -> bool) -> bool {
    (at.saturating_sub(4).max(from)..at).any(|start| hits.at(start).iter().any(|hit| hit.end as usize == at && test(hit.mark)))
}

/// Whether a mark ends right before a token.
fn ends_in(hits: &Hits, at: usize, from: usize, mark: Mark) -> bool {
    (at.saturating_sub(4).max(from)..at).any(|start| hits.spans((start, at), mark))
}

/// Whether goods or their price are named right before a token.
fn is_of_goods(known: &Knowledge, hits: &Hits, at: usize, from: usize) -> bool {
    ends_with(hits, at, from, |mark| match mark {
        Mark::Product(_) => true,
        Mark::Indicator(index, _) => known.indicators[index as usize].kind == Kind::Price,
        _ => false,
    })
}

/// Whether a preposition of place stands before a token: `tại`, `ở`, `trên địa bàn`, `của`.
fn led_in(hits: &Hits, at: usize, from: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| before >= from && hits.says(before, Particle::Place))
}

/// Whether three capitals stand in a row of such (`VND, VIX, HCM tăng trần`): shares, not a place.
fn is_ticker(tokens: &[Token], at: usize, range: (usize, usize)) -> bool {
    let code = |at: usize| tokens[at].upper && tokens[at].end - tokens[at].start == 3;
    let after = || at + 2 < range.1 && tokens[at + 1].is(',') && code(at + 2);
    let before = || at >= range.0 + 2 && tokens[at - 1].is(',') && code(at - 2);
    // `VCB -223,7 tỷ, HCM -76,5 tỷ, VIX -51,3 tỷ`
    let behind_comma = |at: usize| at > range.0 && tokens[at - 1].is(',');
    let near = at.saturating_sub(TICKERS_APART).max(range.0)..(at + TICKERS_APART).min(range.1);
    let listed = || behind_comma(at) && near.into_iter().any(|other| other != at && code(other) && behind_comma(other));
    code(at) && (before() || after() || listed())
}
