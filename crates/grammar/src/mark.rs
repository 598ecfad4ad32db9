//! What a spelling can mean.

mod words;

use knowledge::{BlockedBy, CueClass, Reach};
use model::{Bound, Status};
pub(crate) use words::{NumberWord, TimeWord, YearEdge};

/// What a spelling means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    Number(NumberWord),
    Scale(u16),
    Unit(u16),
    Per(u16),
    Bound(Bound),
    BoundAfter(Bound),
    Status(Status, Reach),
    Cue(CueClass),
    Time(TimeWord),
    Blocked(BlockedBy),
    Indicator(u16, Form),
    Subject(u16, Form),
    Product(u16),
    Industry(u16),
    Partner(u16),
    /// A partner's name that is an everyday word too (`Đức`).
    CarefulPartner(u16),
    /// A word right behind which such a name is a country (`sang`).
    Toward,
    /// A spelling of a place, by its number in the regions' names.
    Place(u16),
    /// A word that makes the name after it a place (`huyện`, `cảng`).
    PlaceWord,
    /// A word by which the place behind it is not where a figure holds.
    Elsewhere(Elsewhere),
    /// A word right before a country abroad whose own a figure is (`kinh tế`).
    Own,
    /// What opens the name of a body that a country abroad ends (`Bộ`).
    Ministry,
    /// What a country abroad does itself (`xuất khẩu`).
    Acts,
    /// Points to the country abroad that was named last (`nước này`).
    There,
    /// A word that narrows a figure, or by which it is known that none does.
    Narrowing(Narrowing),
    /// A word by which it is known who tells a figure.
    Speaker(Speaker),
    /// A small word that a rule asks for by itself.
    Particle(Particle),
    /// A word of the markets that close every day (`phiên`).
    Session,
    /// A session that is no day of the markets (`phiên họp`).
    Assembly,
    /// Points to the province that the text is about (`toàn tỉnh`).
    Here,
    /// A word that lengthens a name to the left (`tổng`).
    Prefix,
    /// A word that opens the name of what is measured (`tỷ lệ`).
    Measure,
    /// A subject that points back to the one before (`con số này`).
    Anaphor,
    /// An everyday phrase that only looks like a name (`đánh giá`).
    Trap,
    /// A word of several syllables, inside which nothing is read (`chung cư`).
    Compound,
    /// A thing of the markets (`cổ phiếu`), no goods.
    Security,
    /// A noun that only counts what is named elsewhere (`căn`, `chiếc`).
    Counter,
    /// A word that begins like a unit and is none (`đồng nghĩa`).
    NoUnit,
    /// A word that makes a general indicator a special one, by the number of the specialisation and where it has to stand.
    Beside(u16, Where),
    /// A word that an indicator asks for, by the indicator's number.
    Asked(u16),
    /// A part of a name whose words stand apart: the name's number in [`Lexicon::patterns`], and which part it is.
    Pattern(u16, u8),
}

// The ranges of bits in [`Mark::sign`] hold all classes and lists.
const _: () = assert!((Elsewhere::Lies as u8) < 8 && (Speaker::Back as u8) < 8 && (Narrowing::Index as u8) < 16);
const _: () = assert!((Particle::Answers as u8) < 48 && (CueClass::Narrow as u8) < 64);

/// Which marks begin at a token, a bit each: most questions are about one mark, and most tokens have none of it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Signs([u64; 4]);

impl Signs {
    pub(crate) fn add(&mut self, sign: u8) {
        self.0[usize::from(sign / 64)] |= 1 << (sign % 64);
    }

    #[inline]
    pub(crate) fn has(self, sign: u8) -> bool {
        self.0[usize::from(sign / 64)] & 1 << (sign % 64) != 0
    }

    /// Whether a word of time is among them.
    #[inline]
    pub(crate) fn has_time(self) -> bool {
        self.0[usize::from(TIMES / 64)] != 0
    }
}

/// The bit of the first word of time; the others follow.
const TIMES: u8 = 192;

/// What a mark can be taken for, a bit each: a token is looked at closer only by those who can find something there.
pub(crate) mod kind {
    /// What a quantity can begin with, besides digits.
    pub(crate) const QUANTITY: u16 = 1;
    /// What a time can begin with, besides digits and letters.
    pub(crate) const TIME: u16 = 1 << 1;
    /// A name of the vocabulary, or a phrase that hides one.
    pub(crate) const NAME: u16 = 1 << 2;
    pub(crate) const PLACE: u16 = 1 << 3;
    pub(crate) const CUE: u16 = 1 << 4;
    pub(crate) const STATUS: u16 = 1 << 5;
    /// A word that says nothing of the subject.
    pub(crate) const LIGHT: u16 = 1 << 6;
    pub(crate) const PATTERN: u16 = 1 << 7;
    pub(crate) const SECURITY: u16 = 1 << 8;
    /// What the first look at a text counts.
    pub(crate) const SURVEYED: u16 = 1 << 9;
    /// What a phrase that narrows begins with or goes on with.
    pub(crate) const PHRASE: u16 = 1 << 10;
    /// What says which of its values a figure is.
    pub(crate) const QUALIFIER: u16 = 1 << 11;
    /// A floor of the markets.
    pub(crate) const FLOOR: u16 = 1 << 12;
    /// Words beside which it is named who tells something.
    pub(crate) const TELLING: u16 = 1 << 13;
    /// Words that make a general indicator a special one.
    pub(crate) const BESIDE: u16 = 1 << 14;
}

impl Mark {
    /// Its bit among [`Signs`]; what it carries beyond a class or a list of words has none of its own.
    #[inline]
    pub(crate) const fn sign(self) -> u8 {
        match self {
            Self::Number(_) => 0,
            Self::Scale(_) => 1,
            Self::Unit(_) => 2,
            Self::Per(_) => 3,
            Self::Bound(_) => 4,
            Self::BoundAfter(_) => 5,
            Self::Status(..) => 6,
            Self::Blocked(_) => 8,
            Self::Indicator(..) => 9,
            Self::Subject(..) => 10,
            Self::Product(_) => 11,
            Self::Industry(_) => 12,
            Self::Partner(_) => 13,
            Self::CarefulPartner(_) => 14,
            Self::Place(_) => 15,
            Self::Beside(..) => 16,
            Self::Asked(_) => 17,
            Self::Pattern(..) => 18,
            Self::Toward => 19,
            Self::PlaceWord => 20,
            Self::Own => 21,
            Self::Ministry => 22,
            Self::Acts => 23,
            Self::There => 24,
            Self::Session => 25,
            Self::Assembly => 26,
            Self::Here => 27,
            Self::Prefix => 28,
            Self::Measure => 29,
            Self::Anaphor => 30,
            Self::Trap => 31,
            Self::Compound => 32,
            Self::Security => 33,
            Self::Counter => 34,
            Self::NoUnit => 35,
            Self::Elsewhere(why) => 48 + why as u8,
            Self::Speaker(word) => 56 + word as u8,
            Self::Narrowing(list) => 64 + list as u8,
            Self::Particle(word) => 80 + word as u8,
            Self::Cue(class) => 128 + class as u8,
            Self::Time(word) => TIMES + word.number(),
        }
    }

    /// Whether its bit says all of it.
    #[inline]
    pub(crate) const fn is_whole(self) -> bool {
        match self {
            Self::Time(word) => word.number() > TimeWord::Weekday(0).number(),
            _ => self.sign() > Self::Pattern(0, 0).sign(),
        }
    }

    /// What it can be taken for.
    pub(crate) fn kinds(self) -> u16 {
        match self {
            Self::Number(_) => kind::QUANTITY | kind::TIME,
            Self::Scale(_) | Self::Unit(_) => kind::QUANTITY,
            Self::Time(_) => kind::TIME | kind::LIGHT,
            Self::Bound(_) | Self::BoundAfter(_) | Self::Prefix => kind::LIGHT,
            Self::Status(..) => kind::STATUS | kind::LIGHT,
            Self::Cue(CueClass::Multiple) => kind::CUE | kind::QUANTITY,
            Self::Cue(CueClass::Function) => kind::CUE | kind::LIGHT,
            Self::Cue(_) => kind::CUE,
            Self::Anaphor => kind::NAME | kind::LIGHT,
            Self::Indicator(..)
            | Self::Subject(..)
            | Self::Product(_)
            | Self::Industry(_)
            | Self::Partner(_)
            | Self::CarefulPartner(_)
            | Self::Trap => kind::NAME,
            Self::Place(_) => kind::PLACE,
            Self::Pattern(..) => kind::PATTERN,
            Self::Narrowing(list) => list.kind(),
            Self::Speaker(Speaker::Lead | Speaker::Verb) => kind::TELLING,
            Self::Security => kind::SECURITY | kind::SURVEYED,
            Self::Beside(..) => kind::SURVEYED | kind::BESIDE,
            Self::Session | Self::Assembly | Self::Here | Self::Asked(_) => kind::SURVEYED,
            Self::Per(_)
            | Self::Speaker(_)
            | Self::Particle(_)
            | Self::Toward
            | Self::Elsewhere(_)
            | Self::Blocked(_)
            | Self::PlaceWord
            | Self::Own
            | Self::Ministry
            | Self::Acts
            | Self::There
            | Self::Compound
            | Self::Counter
            | Self::Measure
            | Self::NoUnit => 0,
        }
    }
}

/// Why a place is not where a figure holds; see [`knowledge::Elsewhere`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Elsewhere {
    Body,
    Trade,
    Seat,
    Barred,
    Rank,
    Delegate,
    Meeting,
    Lies,
}

/// A small word that a rule asks for by itself; see [`knowledge::Particles`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Particle {
    And,
    Or,
    Of,
    Place,
    Then,
    When,
    Only,
    With,
    Is,
    Done,
    Tells,
    Hundred,
    Today,
    Lunar,
    Than,
    Within,
    Counted,
    Province,
    Photo,
    Grade,
    Graded,
    Buy,
    Sell,
    Adjunct,
    Cause,
    Event,
    Vision,
    Serves,
    Answers,
    Purpose,
    Has,
    Uncounted,
    Massed,
    Limit,
}

/// What a word has to do with who tells a figure; see [`knowledge::SpeakerWords`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Speaker {
    Lead,
    Verb,
    Barred,
    Person,
    Source,
    Of,
    Back,
}

/// What a word has to do with what narrows a figure; see [`knowledge::NarrowingWords`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Narrowing {
    Hollow,
    Body,
    /// A group of the state that stands for the country as a place.
    Group,
    Teller,
    Link,
    Average,
    Extreme,
    Increment,
    Side,
    Term,
    Floor,
    Index,
}

impl Narrowing {
    /// What its words can be taken for.
    pub(crate) fn kind(self) -> u16 {
        match self {
            Self::Hollow | Self::Body | Self::Group | Self::Teller | Self::Link => kind::PHRASE,
            Self::Average | Self::Extreme | Self::Increment | Self::Side | Self::Term => kind::QUALIFIER,
            Self::Floor | Self::Index => kind::FLOOR,
        }
    }
}

/// How a spelling names an indicator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// Its name, anywhere.
    Name,
    /// A verb whose object the figure is.
    Verb,
    /// The noun behind a count.
    Counted,
}

/// Where a word has to stand to make a general indicator a special one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Where {
    Before,
    Clause,
    Behind,
}
