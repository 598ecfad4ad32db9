//! Places that stand in a sentence and are not where its figures hold.

use knowledge::{CueClass, Knowledge, RegionKind};

use crate::lexicon::{Hit, Hits};
use crate::mark::{Elsewhere, Mark, Particle};
use crate::place::Place;
use crate::token::Token;

/// More words than stand between what opens the name of a body and the place at its end.
const LONGEST_NAME: usize = 12;
/// No more words stand from a rank to those among whom it is.
const LONGEST_RANK: usize = 8;
/// More words than an address has before its province.
const LONGEST_ADDRESS: usize = 16;

/// A name of a place over tokens `start..end`.
pub(crate) struct Named {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) kind: RegionKind,
    pub(crate) abroad: bool,
}

/// The words that stand beside places, and what each of them is.
pub(crate) fn words(known: &Knowledge) -> [(&[String], Mark); 15] {
    let (regions, elsewhere, abroad) = (&known.regions, known.regions.elsewhere(), known.regions.abroad());
    [
        (regions.here(), Mark::Here),
        (regions.kinds(), Mark::PlaceWord),
        (regions.works(), Mark::PlaceWord),
        (&abroad.own, Mark::Own),
        (&abroad.offices, Mark::Ministry),
        (&abroad.acts, Mark::Acts),
        (&abroad.there, Mark::There),
        (&elsewhere.bodies, Mark::Elsewhere(Elsewhere::Body)),
        (&elsewhere.trades, Mark::Elsewhere(Elsewhere::Trade)),
        (&elsewhere.seats, Mark::Elsewhere(Elsewhere::Seat)),
        (&elsewhere.barred, Mark::Elsewhere(Elsewhere::Barred)),
        (&elsewhere.ranks, Mark::Elsewhere(Elsewhere::Rank)),
        (&elsewhere.delegates, Mark::Elsewhere(Elsewhere::Delegate)),
        (&elsewhere.meetings, Mark::Elsewhere(Elsewhere::Meeting)),
        (&elsewhere.lies, Mark::Elsewhere(Elsewhere::Lies)),
    ]
}

/// Whether a place only names something else in its sentence.
pub(crate) fn is_elsewhere(tokens: &[Token], hits: &Hits, range: (usize, usize), place: &Named) -> bool {
    let local = matches!(place.kind, RegionKind::Province | RegionKind::Area);
    is_commune(tokens, hits, range, place)
        || is_left_out(tokens, hits, range, place)
        || local
            && (ends_body(tokens, hits, range, place)
                || ends_name(tokens, hits, range, place)
                || is_seat(tokens, hits, range, place)
                || elects(tokens, hits, range, place))
        || place.kind == RegionKind::Country && !place.abroad && ends_firm(tokens, hits, range, place)
        || place.kind == RegionKind::Bloc && is_ranked(tokens, hits, range, place.start)
        || place.kind == RegionKind::Area && (is_first_of(tokens, hits, range, place.start) || is_around(tokens, hits, range, place.start))
}

fn opens(hits: &Hits, at: usize, kind: Elsewhere) -> Option<usize> {
    hits.end_of(at, Mark::Elsewhere(kind))
}

/// `xã Mỹ Quý`: the name of a country begins that of a commune.
fn is_commune(tokens: &[Token], hits: &Hits, range: (usize, usize), place: &Named) -> bool {
    let next = place.end < range.1 && tokens[place.end].is_word() && tokens[place.end].capital && !tokens[place.end].line;
    let word = |start: usize| hits.spans((start, place.start), Mark::PlaceWord);
    place.abroad && next && (place.start.saturating_sub(3).max(range.0)..place.start).any(word)
}

/// `trừ TP.HCM`, `cách Hà Nội 30 km`.
fn is_left_out(tokens: &[Token], hits: &Hits, range: (usize, usize), place: &Named) -> bool {
    (place.start.saturating_sub(4).max(range.0)..place.start).any(|at| {
        opens(hits, at, Elsewhere::Barred).is_some_and(|end| {
            // (`cách làm của Hà Nội`: nothing but a kind of place stands between)
            let near = |i: usize| hits.is(i, Mark::PlaceWord) || tokens[i].is('.');
            end <= place.start && (end..place.start).all(near)
        })
    })
}

/// `CTCP Xuất nhập khẩu thủy sản Bến Tre`, `sàn TP.HCM`, `Dược Hậu Giang`: the place ends the name of an enterprise or an exchange.
fn ends_body(tokens: &[Token], hits: &Hits, range: (usize, usize), place: &Named) -> bool {
    // (at the head of a sentence a capital letter says nothing, but for the second word of a name: `Hoàng Anh Gia Lai`)
    let named = |at: usize| tokens[at].capital && (at > range.0 || at + 1 < place.start && tokens[at + 1].capital);
    let trade = |at: usize| named(at) && opens(hits, at, Elsewhere::Trade) == Some(place.start);
    if (place.start.saturating_sub(3).max(range.0)..place.start).any(trade) {
        return true;
    }
    let mut at = place.start;
    while at > range.0 && place.start - at < LONGEST_NAME {
        at -= 1;
        if let Some(end) = opens(hits, at, Elsewhere::Body).filter(|end| *end <= place.start) {
            // An office's word is about its place, and of several bodies none is named (`các ngân hàng TP.HCM`).
            let office = hits.at(at).iter().any(|hit| matches!(hit.mark, Mark::Place(_)) && hit.end as usize >= end);
            let several = at > range.0 && hits.at(at - 1).iter().any(|hit| matches!(hit.mark, Mark::Cue(CueClass::Function)));
            return !(office || several && end == place.start);
        }
        if !belongs_to_name(tokens, hits, at, place.start) {
            return false;
        }
    }
    false
}

/// `Quốc Cường Gia Lai`: right behind two words that are nothing but a name a province only ends that.
fn ends_name(tokens: &[Token], hits: &Hits, range: (usize, usize), place: &Named) -> bool {
    let Some(first) = place.start.checked_sub(2).filter(|first| *first >= range.0) else { return false };
    let plain = |at: usize| {
        let token = &tokens[at];
        token.is_word() && token.capital && !token.upper && hits.at(at).is_empty()
    };
    let joined = !tokens[place.start].line && !tokens[first + 1].line;
    // (`Sở Công Thương Hà Nội`)
    let covered = |at: usize| {
        hits.at(at).iter().any(|hit| {
            hit.end as usize > first && matches!(hit.mark, Mark::PlaceWord | Mark::Place(_) | Mark::Ministry | Mark::Cue(CueClass::Office))
        })
    };
    joined && plain(first) && plain(first + 1) && !(first.saturating_sub(4).max(range.0)..first).any(covered)
}

/// `Nokia Việt Nam`, `Công ty Bia Carlsberg Việt Nam`: the country right behind a capital word of a name only ends that.
fn ends_firm(tokens: &[Token], hits: &Hits, range: (usize, usize), place: &Named) -> bool {
    let Some(before) = place.start.checked_sub(1).filter(|at| *at > range.0) else { return false };
    let capital = |at: usize| tokens[at].is_word() && tokens[at].capital && !tokens[at].line;
    let known = |hit: &Hit| matches!(hit.mark, Mark::PlaceWord | Mark::Place(_) | Mark::Product(_) | Mark::Indicator(..));
    let opens = tokens[before - 1].is('.') || tokens[before - 1].is(':');
    capital(place.start) && capital(before) && !opens && !hits.at(before).iter().any(known)
}

/// Whether a word can stand inside the name of a body that goes on to a place at `end`.
fn belongs_to_name(tokens: &[Token], hits: &Hits, at: usize, end: usize) -> bool {
    if !tokens[at].is_word() {
        return tokens[at].is('-') || tokens[at].is('&');
    }
    let marked = |test: fn(Mark) -> bool| hits.at(at).iter().any(|hit| test(hit.mark));
    let place = marked(|mark| matches!(mark, Mark::PlaceWord | Mark::Place(_)));
    let office = marked(|mark| mark == Mark::Cue(CueClass::Office));
    // (`Công ty Cảng Cái Mép`; a branch is where it is)
    if tokens[at].capital {
        return place || !office;
    }
    // (`Chế biến hàng xuất khẩu`, `Đầu tư và Phát triển`)
    let verb = marked(|mark| matches!(mark, Mark::Cue(class) if class != CueClass::Function));
    let trade =
        marked(|mark| matches!(mark, Mark::Cue(CueClass::Narrow | CueClass::Act | CueClass::Done | CueClass::Verb | CueClass::Surplus)));
    let function = marked(|mark| mark == Mark::Cue(CueClass::Function));
    let joins = tokens.get(at + 1).is_some_and(|next| next.capital) && at + 1 < end;
    !place && (!verb || trade) && (!function || joins || trade)
}

/// `có trụ sở tại quận Cầu Giấy, TP Hà Nội`.
fn is_seat(tokens: &[Token], hits: &Hits, range: (usize, usize), place: &Named) -> bool {
    let Some(end) = (place.start.saturating_sub(LONGEST_ADDRESS).max(range.0)..place.start)
        .rev()
        .find_map(|at| opens(hits, at, Elsewhere::Seat).filter(|end| *end <= place.start))
    else {
        return false;
    };
    // An address is names, numbers and commas; a verb ends it.
    let verb = |at: usize| {
        tokens[at].is_word()
            && !tokens[at].capital
            && hits.at(at).iter().any(
                |hit| matches!(hit.mark, Mark::Cue(class) if !matches!(class, CueClass::Where | CueClass::Narrow | CueClass::Particle | CueClass::Function)),
            )
    };
    !(end..place.start).any(|at| verb(at) || tokens[at].is(')') || tokens[at].is(';'))
}

/// `sẽ họp đại hội cổ đông tại TP.HCM`: a place where something is only told of or decided.
pub(crate) fn is_venue(hits: &Hits, range: (usize, usize), place: &Place) -> bool {
    let meets = |at: usize| opens(hits, at, Elsewhere::Meeting).is_some();
    place.led && place.whole && hits.says(place.start.saturating_sub(1), Particle::Place) && (range.0..range.1).any(meets)
}

/// `ĐB Nguyễn Văn Bình (Hải Phòng)`, `đoàn ĐBQH Hà Nội`: where a delegate was elected.
fn elects(tokens: &[Token], hits: &Hits, range: (usize, usize), place: &Named) -> bool {
    let Some(end) = (place.start.saturating_sub(LONGEST_NAME).max(range.0)..place.start)
        .rev()
        .find_map(|at| opens(hits, at, Elsewhere::Delegate).filter(|end| *end <= place.start))
    else {
        return false;
    };
    (end..place.start).all(|at| tokens[at].capital || !tokens[at].is_word() && !tokens[at].is_number() || at + 1 == place.start)
}

/// `đứng đầu các tỉnh khu vực Bắc Trung Bộ`, `thứ 5/14 vùng Đồng bằng sông Hồng`: the provinces among which one has its rank.
fn is_first_of(tokens: &[Token], hits: &Hits, range: (usize, usize), start: usize) -> bool {
    let from = start.saturating_sub(LONGEST_RANK).max(range.0);
    let Some(end) = (from..start).rev().find_map(|at| opens(hits, at, Elsewhere::Rank).filter(|end| *end <= start)) else {
        return false;
    };
    let is = |at: usize, test: fn(CueClass) -> bool| hits.at(at).iter().any(|hit| matches!(hit.mark, Mark::Cue(class) if test(class)));
    let kind = |at: usize| is(at, |class| class == CueClass::Narrow) || hits.is(at, Mark::PlaceWord);
    let small = |at: usize| {
        is(at, |class| matches!(class, CueClass::Where | CueClass::Function | CueClass::Basis)) && !is(at, |class| class == CueClass::Level)
    };
    // (`cao nhất ở Tây Nguyên`: there it is)
    let here = hits.says(start - 1, Particle::Place) && !kind(start - 1);
    let near = |at: usize| tokens[at].is_number() || tokens[at].is('/') || kind(at) || small(at);
    // (`khu vực` and other kinds have two words)
    !here && (end..start).all(|at| near(at) || at > end && kind(at - 1))
}

/// `tỉnh nằm ở phía Nam của vùng Đồng bằng sông Cửu Long`: what lies around a province.
fn is_around(tokens: &[Token], hits: &Hits, range: (usize, usize), start: usize) -> bool {
    (start.saturating_sub(LONGEST_ADDRESS).max(range.0)..start)
        .any(|at| opens(hits, at, Elsewhere::Lies).is_some_and(|end| end <= start && (end..start).all(|at| tokens[at].is_word())))
}

/// `thứ 2 trên toàn thế giới`, `lớn nhất cả nước`: among what something has its rank.
pub(crate) fn is_ranked(tokens: &[Token], hits: &Hits, range: (usize, usize), start: usize) -> bool {
    let Some(end) =
        (start.saturating_sub(5).max(range.0)..start).rev().find_map(|at| opens(hits, at, Elsewhere::Rank).filter(|end| *end <= start))
    else {
        return false;
    };
    let near = |at: usize| {
        tokens[at].is_number() || hits.at(at).iter().any(|hit| matches!(hit.mark, Mark::Cue(CueClass::Where | CueClass::Function)))
    };
    (end..start).all(near)
}
