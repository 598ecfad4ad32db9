//! All spellings of all tables in one automaton over words.
//!
//! A trie whose edges are words (not letters), so that a match always begins and ends with a word.
//! Words are numbered once; a text's words are looked up once, and every later step works on numbers.

use knowledge::{CueClass, Kind, Knowledge, UnitKind};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::elsewhere;
use crate::fold::Folding;
use crate::mark::{Form, Mark, Narrowing, NumberWord, Particle, Speaker, TimeWord, Where, YearEdge};
use crate::synonyms::Synonyms;
use crate::token::{Token, is_letter};

/// A meaning with the capital letters that its spelling needs.
#[derive(Clone, Copy, Debug)]
struct Payload {
    mark: Mark,
    capital: bool,
    upper: bool,
    /// What the mark can be taken for.
    kinds: u16,
}

/// The automaton.
#[derive(Debug)]
pub(crate) struct Lexicon {
    folding: Folding,
    words: FxHashMap<Box<[char]>, u32>,
    edges: FxHashMap<(u32, u32), u32>,
    payloads: Vec<Vec<Payload>>,
    /// The edges of the first node, by word; 0 for none.
    roots: Vec<u32>,
    patterns: Vec<Pattern>,
    /// The words that are codes of currencies and stand glued before a number (`USD1,23`).
    currencies: FxHashSet<u32>,
}

/// A name whose words stand apart.
#[derive(Debug)]
pub(crate) struct Pattern {
    /// The indicator's number; none for a subject outside the vocabulary.
    pub(crate) indicator: Option<u16>,
    pub(crate) kind: Kind,
    /// How many parts it has.
    pub(crate) parts: u8,
    /// The unit codes that it goes with; any if empty.
    pub(crate) units: Vec<String>,
}

/// A meaning found in a text, over tokens `start..end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hit {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) mark: Mark,
}

/// All meanings in a text, by their first token, longest first.
#[derive(Clone, Debug, Default)]
pub(crate) struct Hits {
    all: Vec<Hit>,
    first: Vec<u32>,
    /// What the meanings of each token can be taken for.
    kinds: Vec<u16>,
}

impl Hits {
    /// The meanings that begin at a token, longest first.
    pub(crate) fn at(&self, token: usize) -> &[Hit] {
        match (self.first.get(token), self.first.get(token + 1)) {
            (Some(&from), Some(&to)) => &self.all[from as usize..to as usize],
            _ => &[],
        }
    }

    /// Whether a small word stands at a token.
    pub(crate) fn says(&self, token: usize, particle: Particle) -> bool {
        self.at(token).iter().any(|hit| hit.mark == Mark::Particle(particle))
    }

    /// Whether a meaning that begins at a token can be taken for one of some kinds.
    pub(crate) fn has(&self, token: usize, kinds: u16) -> bool {
        self.kinds.get(token).is_some_and(|found| found & kinds != 0)
    }

    /// The longest meaning at a token that a test accepts, with what the test made of it.
    pub(crate) fn pick<T>(&self, token: usize, test: impl Fn(Mark) -> Option<T>) -> Option<(T, usize)> {
        self.at(token).iter().find_map(|hit| test(hit.mark).map(|value| (value, hit.end as usize)))
    }
}

impl Lexicon {
    pub(crate) fn new(known: &Knowledge) -> Self {
        let mut lexicon = Self {
            folding: Folding::new(),
            words: FxHashMap::default(),
            edges: FxHashMap::default(),
            payloads: vec![Vec::new()],
            roots: Vec::new(),
            patterns: Vec::new(),
            currencies: FxHashSet::default(),
        };
        lexicon.add_numbers(known);
        lexicon.add_periods(known);
        for bound in &known.lexicon.bounds {
            let mark = if bound.after { Mark::BoundAfter(bound.id) } else { Mark::Bound(bound.id) };
            lexicon.add_all(&bound.says, mark);
        }
        for status in &known.lexicon.statuses {
            lexicon.add_all(&status.says, Mark::Status(status.id, status.reach));
        }
        for cue in &known.lexicon.cues {
            lexicon.add_all(&cue.says, Mark::Cue(cue.class));
        }
        for blocked in &known.lexicon.blocked {
            lexicon.add_all(&blocked.says, Mark::Blocked(blocked.why));
        }
        for (index, scale) in known.units.scales.iter().enumerate() {
            lexicon.add_all(&scale.says, Mark::Scale(index as u16));
        }
        for (index, unit) in known.units.units.iter().enumerate() {
            lexicon.add_all(&unit.says, Mark::Unit(index as u16));
        }
        for (index, per) in known.units.denominators.iter().enumerate() {
            lexicon.add_all(&per.says, Mark::Per(index as u16));
        }
        lexicon.add_all(&known.lexicon.compounds, Mark::Compound);
        lexicon.add_all(&known.units.traps, Mark::NoUnit);
        lexicon.add_all(&known.units.counters, Mark::Counter);
        lexicon.add_all(&known.units.securities, Mark::Security);
        lexicon.add_names(known);
        lexicon.add_narrowing(known);
        lexicon.add_speakers(known);
        lexicon.add_particles(known);
        lexicon.roots = lexicon.first_edges();
        lexicon.currencies = lexicon.currency_codes(known);
        lexicon
    }

    fn add_numbers(&mut self, known: &Knowledge) {
        use NumberWord as N;
        let words = &known.lexicon.numbers;
        for digit in &words.digits {
            self.add_all(&digit.says, Mark::Number(N::Digit(digit.value)));
        }
        for digit in &words.after_ten {
            self.add_all(&digit.says, Mark::Number(N::AfterTen(digit.value)));
        }
        for suffix in &words.suffixes {
            self.add_all(&suffix.says, Mark::Number(N::Suffix(suffix.factor)));
        }
        let lists = [
            (&words.ten, N::Ten),
            (&words.tens, N::Tens),
            (&words.zero_ten, N::ZeroTen),
            (&words.half, N::Half),
            (&words.decimal_mark, N::DecimalMark),
            (&words.part, N::Part),
            (&words.half_of, N::HalfOf),
            (&words.twice, N::Twice),
            (&words.each, N::Each),
            (&words.whole, N::Whole),
            (&words.negative, N::Negative),
            (&words.first, N::First),
            (&words.ordinal, N::Ordinal),
            (&words.between, N::Between),
            (&words.and, N::And),
            (&words.vague, N::Vague),
        ];
        for (says, word) in lists {
            self.add_all(says, Mark::Number(word));
        }
    }

    fn add_periods(&mut self, known: &Knowledge) {
        use TimeWord as T;
        let words = &known.lexicon.periods;
        for unit in &words.unit {
            self.add_all(&unit.says, Mark::Time(T::Unit(unit.id)));
        }
        for name in &words.month_names {
            self.add_all(&name.says, Mark::Time(T::MonthName(name.value)));
        }
        for numeral in &words.roman {
            self.add_all(&numeral.says, Mark::Time(T::Roman(numeral.value)));
        }
        for relative in &words.relative {
            self.add_all(&relative.says, Mark::Time(T::Relative(relative.unit, relative.offset)));
        }
        for day in &words.weekday {
            self.add_all(&day.says, Mark::Time(T::Weekday(day.value)));
        }
        self.add_all(&words.session, Mark::Session);
        for versus in &words.versus {
            self.add_all(&versus.says, Mark::Time(T::Versus(versus.unit, versus.offset)));
        }
        let lists = [
            (&words.same, T::Same),
            (&words.same_moment, T::SameMoment),
            (&words.now, T::Now),
            (&words.year_to_date, T::YearToDate),
            (&words.month_to_date, T::MonthToDate),
            (&words.until, T::Until),
            (&words.moment, T::Moment),
            (&words.cumulated, T::Cumulated),
            (&words.first_part, T::FirstPart),
            (&words.last_part, T::LastPart),
            (&words.start_of_year, T::OfYear(YearEdge::Start)),
            (&words.middle_of_year, T::OfYear(YearEdge::Middle)),
            (&words.end_of_year, T::OfYear(YearEdge::End)),
            (&words.start_of, T::StartOf),
            (&words.end_of, T::EndOf),
            (&words.middle_of, T::MiddleOf),
            (&words.half, T::Half),
            (&words.span, T::Span),
            (&words.past, T::Past),
            (&words.coming, T::Coming),
            (&words.from, T::From),
            (&words.to, T::To),
            (&words.and, T::And),
            (&words.ago, T::Ago),
            (&words.later, T::Later),
            (&words.part_of_day, T::PartOfDay),
            (&words.season, T::Season),
            (&words.of, T::Of),
            (&words.term, T::Term),
            (&words.tenor, T::Tenor),
            (&words.whole_year, T::WholeYear),
            (&words.hour, T::Hour),
            (&words.fortnight, T::Fortnight),
            (&words.school_year, T::SchoolYear),
            (&words.several, T::Several),
            (&words.numbered, T::Numbered),
        ];
        for (says, word) in lists {
            self.add_all(says, Mark::Time(word));
        }
    }

    fn add_names(&mut self, known: &Knowledge) {
        let indicators = known.indicators.iter().flat_map(|entry| [&entry.says, &entry.verbs, &entry.counts]);
        let subjects = known.subjects.iter().flat_map(|entry| [&entry.says, &entry.verbs, &entry.counts]);
        let synonyms = Synonyms::new(&known.lexicon.synonyms, indicators.chain(subjects).flatten());
        let mut add = |says: &[String], mark: Mark| {
            for spelling in says {
                self.add(spelling, mark);
                for variant in synonyms.of(spelling) {
                    self.add(&variant, mark);
                }
            }
        };
        for (index, indicator) in known.indicators.iter().enumerate() {
            add(&indicator.says, Mark::Indicator(index as u16, Form::Name));
            add(&indicator.verbs, Mark::Indicator(index as u16, Form::Verb));
            add(&indicator.counts, Mark::Indicator(index as u16, Form::Counted));
        }
        for (index, subject) in known.subjects.iter().enumerate() {
            add(&subject.says, Mark::Subject(index as u16, Form::Name));
            add(&subject.verbs, Mark::Subject(index as u16, Form::Verb));
            add(&subject.counts, Mark::Subject(index as u16, Form::Counted));
        }
        for (index, indicator) in known.indicators.iter().enumerate() {
            self.add_patterns(&indicator.with, Some(index as u16), indicator.kind);
        }
        for subject in &known.subjects {
            self.add_patterns(&subject.with, None, subject.kind);
        }
        for (index, indicator) in known.indicators.iter().enumerate() {
            self.add_all(&indicator.asks, Mark::Asked(index as u16));
        }
        for (index, entry) in known.specialisations.iter().enumerate() {
            for (words, place) in [(&entry.beside, Where::Before), (&entry.own, Where::Clause), (&entry.behind, Where::Behind)] {
                self.add_all(words, Mark::Beside(index as u16, place));
            }
        }
        self.add_all(&known.name_words.prefixes, Mark::Prefix);
        self.add_all(&known.name_words.anaphors, Mark::Anaphor);
        self.add_all(&known.name_words.traps, Mark::Trap);
        self.add_all(&known.name_words.toward, Mark::Toward);
        for (index, product) in known.products.iter().enumerate() {
            self.add_all(&product.says, Mark::Product(index as u16));
        }
        for (index, industry) in known.industries.iter().enumerate() {
            self.add_all(&industry.says, Mark::Industry(index as u16));
        }
        for (index, partner) in known.partners.iter().enumerate() {
            self.add_all(&partner.says, Mark::Partner(index as u16));
            self.add_all(&partner.careful, Mark::CarefulPartner(index as u16));
        }
        for (index, name) in known.regions.names().iter().enumerate() {
            self.add(&name.text, Mark::Place(index as u16));
        }
        for (words, mark) in elsewhere::words(known) {
            self.add_all(words, mark);
        }
    }

    fn add_narrowing(&mut self, known: &Knowledge) {
        use Narrowing as N;
        let words = &known.lexicon.narrowing;
        for hollow in &words.hollow {
            self.add(hollow, Mark::Narrowing(N::Hollow));
        }
        let lists = [
            (&words.bodies, N::Body),
            (&words.tellers, N::Teller),
            (&words.links, N::Link),
            (&words.averages, N::Average),
            (&words.extremes, N::Extreme),
            (&words.increments, N::Increment),
            (&words.sides, N::Side),
            (&words.terms, N::Term),
            (&words.floors, N::Floor),
            (&words.indices, N::Index),
        ];
        for (says, word) in lists {
            self.add_all(says, Mark::Narrowing(word));
        }
    }

    fn add_particles(&mut self, known: &Knowledge) {
        use Particle as P;
        let words = &known.lexicon.particles;
        let lists = [
            (&words.and, P::And),
            (&words.of, P::Of),
            (&words.place, P::Place),
            (&words.then, P::Then),
            (&words.when, P::When),
            (&words.only, P::Only),
            (&words.with, P::With),
            (&words.is, P::Is),
            (&words.done, P::Done),
            (&words.tells, P::Tells),
            (&words.hundred, P::Hundred),
            (&words.today, P::Today),
            (&words.than, P::Than),
            (&words.within, P::Within),
            (&words.counted, P::Counted),
            (&words.province, P::Province),
        ];
        for (says, word) in lists {
            self.add_all(says, Mark::Particle(word));
        }
    }

    fn add_speakers(&mut self, known: &Knowledge) {
        let words = &known.lexicon.speakers;
        let lists = [
            (&words.leads, Speaker::Lead),
            (&words.verbs, Speaker::Verb),
            (&words.judging, Speaker::Verb),
            (&words.barred, Speaker::Barred),
            (&words.people, Speaker::Person),
            (&words.sources, Speaker::Source),
            (&words.of, Speaker::Of),
            (&words.back, Speaker::Back),
        ];
        for (says, word) in lists {
            self.add_all(says, Mark::Speaker(word));
        }
        self.add_all(&words.people, Mark::Narrowing(Narrowing::Teller));
        for says in [&words.leads, &words.verbs] {
            self.add_all(says, Mark::Cue(CueClass::Speaker));
        }
    }

    fn add_patterns(&mut self, patterns: &[knowledge::Pattern], indicator: Option<u16>, kind: Kind) {
        for pattern in patterns {
            let number = self.patterns.len() as u16;
            for (part, words) in pattern.all.iter().enumerate() {
                self.add(words, Mark::Pattern(number, part as u8));
            }
            self.patterns.push(Pattern { indicator, kind, parts: pattern.all.len() as u8, units: pattern.units.clone() });
        }
    }

    fn add_all(&mut self, says: &[String], mark: Mark) {
        for spelling in says {
            self.add(spelling, mark);
        }
    }

    /// Adds one spelling. Its first letter's case counts for names of places and partners; a word all in capitals needs them.
    fn add(&mut self, spelling: &str, mark: Mark) {
        let mut chars = Vec::with_capacity(spelling.len());
        chars.extend(spelling.chars());
        let mut node = 0;
        let mut key = Vec::with_capacity(16);
        let mut at = 0;
        while at < chars.len() {
            let start = at;
            let letter = chars[at];
            at += 1;
            if letter.is_whitespace() || letter == '-' {
                continue;
            }
            if in_word(letter) {
                while chars.get(at).is_some_and(|c| in_word(*c)) {
                    at += 1;
                }
            }
            let word = self.intern(&chars[start..at], &mut key);
            node = self.step(node, word);
        }
        let named = matches!(mark, Mark::Place(_) | Mark::Partner(_) | Mark::CarefulPartner(_) | Mark::Time(TimeWord::Roman(_)));
        let letters = || chars.iter().filter(|c| is_letter(**c));
        let short = letters().all(|c| c.is_uppercase()) && (2..=5).contains(&letters().count()) && !matches!(mark, Mark::Unit(_));
        let payload =
            Payload { mark, capital: named && chars.first().is_some_and(|c| c.is_uppercase()), upper: short, kinds: mark.kinds() };
        let list = &mut self.payloads[node as usize];
        // (listed as `CP` and as `cp` it may be written either way)
        match list.iter_mut().find(|old| old.mark == mark) {
            Some(old) => (old.capital, old.upper) = (old.capital && payload.capital, old.upper && payload.upper),
            None => list.push(payload),
        }
    }

    fn intern(&mut self, word: &[char], key: &mut Vec<char>) -> u32 {
        self.folding.key(word, key);
        if let Some(&word) = self.words.get(key.as_slice()) {
            return word;
        }
        let next = self.words.len() as u32 + 1;
        self.words.insert(key.as_slice().into(), next);
        next
    }

    fn step(&mut self, node: u32, word: u32) -> u32 {
        let next = self.payloads.len() as u32;
        let target = *self.edges.entry((node, word)).or_insert(next);
        if target == next {
            self.payloads.push(Vec::new());
        }
        target
    }

    fn first_edges(&self) -> Vec<u32> {
        let target = |word| if word == 0 { 0 } else { self.edges.get(&(0, word)).copied().unwrap_or(0) };
        (0..=self.words.len() as u32).map(target).collect()
    }

    fn currency_codes(&self, known: &Knowledge) -> FxHashSet<u32> {
        let money = known.units.units.iter().filter(|unit| unit.kind == UnitKind::Money).flat_map(|unit| &unit.says);
        let mut key = Vec::new();
        let codes = money.filter(|says| says.len() <= 3 && says.len() >= 2 && says.starts_with(|c: char| c.is_ascii_uppercase()));
        codes.map(|says| self.word(&says.chars().collect::<Vec<_>>(), &mut key)).collect()
    }

    /// Where the code of a currency ends that is glued to a number (`USD1,23`), if a word begins with one.
    pub(crate) fn currency_end(&self, word: &[char], key: &mut Vec<char>) -> Option<usize> {
        let letters = word.iter().take(4).position(char::is_ascii_digit).filter(|at| (2..=3).contains(at))?;
        let id = self.word(&word[..letters], key);
        (id != 0 && word[0].is_ascii_uppercase() && self.currencies.contains(&id)).then_some(letters)
    }

    /// The names whose words stand apart.
    pub(crate) fn patterns(&self) -> &[Pattern] {
        &self.patterns
    }

    /// The number of a word; 0 if no spelling has it.
    pub(crate) fn word(&self, word: &[char], key: &mut Vec<char>) -> u32 {
        self.folding.key(word, key);
        self.words.get(key.as_slice()).copied().unwrap_or(0)
    }

    /// Finds every meaning in a text, into buffers that are cleared first.
    pub(crate) fn scan(&self, tokens: &[Token], found: &mut Hits) {
        found.all.clear();
        found.first.clear();
        found.kinds.clear();
        let mut compound = (0, 0);
        for start in 0..tokens.len() {
            let from = found.all.len();
            found.first.push(from as u32);
            let mut kinds = self.scan_from(tokens, start, &mut found.all);
            let inside = |hit: &Hit, (first, end): (u32, u32)| hit.end < end || (hit.end == end && hit.start > first);
            if let Some(hit) = found.all[from..].iter().rfind(|hit| matches!(hit.mark, Mark::Compound) && !inside(hit, compound)) {
                compound = (hit.start, hit.end);
            }
            if start < compound.1 as usize {
                // (`Ngân hàng Bắc Á` is a bank all the same)
                keep_from(&mut found.all, from, |hit| !inside(hit, compound) || matches!(hit.mark, Mark::Narrowing(_)));
                kinds = found.all[from..].iter().fold(0, |kinds, hit| kinds | hit.mark.kinds());
            }
            found.all[from..].reverse();
            found.kinds.push(kinds);
        }
        found.first.push(found.all.len() as u32);
    }

    /// Finds what begins at a token, and says what it can be taken for.
    fn scan_from(&self, tokens: &[Token], start: usize, hits: &mut Vec<Hit>) -> u16 {
        let mut kinds = 0;
        let mut node = 0;
        let mut at = start;
        while let Some(token) = tokens.get(at) {
            // A dash inside a name is a matter of taste; a line break ends every name.
            if at > start && token.line {
                return kinds;
            }
            at += 1;
            if token.is('-') && node != 0 {
                continue;
            }
            // Most words begin no spelling: the first step is a plain list.
            let next = if node == 0 {
                self.roots.get(token.key as usize).copied().unwrap_or(0)
            } else {
                self.edges.get(&(node, token.key)).copied().unwrap_or(0)
            };
            if next == 0 {
                return kinds;
            }
            node = next;
            let (first, last) = (&tokens[start], &tokens[at - 1]);
            for payload in &self.payloads[node as usize] {
                if (!payload.capital || first.capital) && (!payload.upper || (first.upper && last.upper)) {
                    kinds |= payload.kinds;
                    hits.push(Hit { start: start as u32, end: at as u32, mark: payload.mark });
                }
            }
        }
        kinds
    }
}

/// Keeps the hits from a place on that a test accepts.
fn keep_from(hits: &mut Vec<Hit>, from: usize, keep: impl Fn(&Hit) -> bool) {
    let mut to = from;
    for at in from..hits.len() {
        if keep(&hits[at]) {
            hits[to] = hits[at];
            to += 1;
        }
    }
    hits.truncate(to);
}

fn in_word(letter: char) -> bool {
    letter.is_ascii_digit() || is_letter(letter) || letter.is_numeric()
}
