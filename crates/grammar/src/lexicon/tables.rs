//! Which spellings of which table mean what.

use knowledge::{CueClass, Kind, Knowledge};

use super::Pattern;
use super::spellings::Spellings;
use crate::elsewhere;
use crate::mark::{Form, Mark, Narrowing, NumberWord, Particle, Speaker, TimeWord, Where, YearEdge};
use crate::synonyms::Synonyms;

impl Spellings {
    /// Adds all spellings of all tables.
    pub(super) fn fill(&mut self, known: &Knowledge) {
        self.add_numbers(known);
        self.add_periods(known);
        for bound in &known.lexicon.bounds {
            let mark = if bound.after { Mark::BoundAfter(bound.id) } else { Mark::Bound(bound.id) };
            self.add_all(&bound.says, mark);
        }
        for status in &known.lexicon.statuses {
            self.add_all(&status.says, Mark::Status(status.id, status.reach));
        }
        for cue in &known.lexicon.cues {
            self.add_all(&cue.says, Mark::Cue(cue.class));
        }
        for blocked in &known.lexicon.blocked {
            self.add_all(&blocked.says, Mark::Blocked(blocked.why));
        }
        for (index, scale) in known.units.scales.iter().enumerate() {
            self.add_all(&scale.says, Mark::Scale(index as u16));
        }
        for (index, unit) in known.units.units.iter().enumerate() {
            self.add_all(&unit.says, Mark::Unit(index as u16));
        }
        for (index, per) in known.units.denominators.iter().enumerate() {
            self.add_all(&per.says, Mark::Per(index as u16));
        }
        self.add_all(&known.lexicon.compounds, Mark::Compound);
        self.add_all(&known.units.traps, Mark::NoUnit);
        self.add_all(&known.units.counters, Mark::Counter);
        self.add_all(&known.units.securities, Mark::Security);
        self.add_names(known);
        self.add_narrowing(known);
        self.add_speakers(known);
        self.add_particles(known);
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
        for (index, suffix) in words.suffixes.iter().enumerate() {
            self.add_all(&suffix.says, Mark::Number(N::Suffix(index as u8)));
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
        self.add_all(&words.assembly, Mark::Assembly);
        for versus in &words.versus {
            self.add_all(&versus.says, Mark::Time(T::Versus(versus.unit, versus.offset)));
        }
        let lists = [
            (&words.same, T::Same),
            (&words.same_moment, T::SameMoment),
            (&words.now, T::Now),
            (&words.year_to_date, T::YearToDate),
            (&words.month_to_date, T::MonthToDate),
            (&words.that_span, T::ThatSpan),
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
            (&words.decade, T::Decade),
            (&words.of, T::Of),
            (&words.term, T::Term),
            (&words.tenor, T::Tenor),
            (&words.whole_year, T::WholeYear),
            (&words.hour, T::Hour),
            (&words.fortnight, T::Fortnight),
            (&words.school_year, T::SchoolYear),
            (&words.several, T::Several),
            (&words.numbered, T::Numbered),
            (&words.back, T::Back),
            (&words.dated, T::Dated),
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
        for words in &known.name_words.measures {
            self.add_all(&words.says, Mark::Measure);
        }
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
        let mut hollow: Vec<&String> = words.hollow.iter().collect();
        hollow.sort_unstable();
        for word in hollow {
            self.add(word, Mark::Narrowing(N::Hollow));
        }
        let lists = [
            (&words.bodies, N::Body),
            (&words.groups, N::Group),
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
            (&words.or, P::Or),
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
            (&words.lunar, P::Lunar),
            (&words.than, P::Than),
            (&words.within, P::Within),
            (&words.counted, P::Counted),
            (&words.province, P::Province),
            (&words.photo, P::Photo),
            (&words.grade, P::Grade),
            (&words.graded, P::Graded),
            (&words.buy, P::Buy),
            (&words.sell, P::Sell),
            (&words.adjunct, P::Adjunct),
            (&words.cause, P::Cause),
            (&words.event, P::Event),
            (&words.vision, P::Vision),
            (&words.serves, P::Serves),
            (&words.answers, P::Answers),
            (&words.purpose, P::Purpose),
            (&words.has, P::Has),
            (&words.uncounted, P::Uncounted),
            (&words.massed, P::Massed),
            (&words.limit, P::Limit),
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
}
