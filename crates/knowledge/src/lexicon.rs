//! The words of the grammar (`data/lexicon/`): numbers, bounds, statuses, cues, periods, blocked names.

use model::{Bound, Status};
use rustc_hash::FxHashSet;
use serde::Deserialize;

use crate::cues::CueWords;
use crate::{Files, KnowledgeError};

/// All words of the grammar.
#[derive(Debug)]
pub struct Lexicon {
    /// Words of numbers.
    pub numbers: NumberWords,
    /// How exactly a number is meant.
    pub bounds: Vec<BoundWords>,
    /// How firm a figure is.
    pub statuses: Vec<StatusWords>,
    /// What a figure does.
    pub cues: Vec<CueWords>,
    /// Expressions of time.
    pub periods: PeriodWords,
    /// What narrows a figure beyond its name.
    pub narrowing: NarrowingWords,
    /// Who tells a figure.
    pub speakers: SpeakerWords,
    /// Names that hold numbers.
    pub blocked: Vec<BlockedWords>,
    /// What a full stop behind does not end a sentence.
    pub abbreviations: Vec<String>,
    /// Words inside which nothing is read.
    pub compounds: Vec<String>,
    /// Words that stand for each other in the names of indicators and subjects.
    pub synonyms: Vec<Vec<String>>,
    /// Small words that a rule asks for by itself.
    pub particles: Particles,
}

/// Words with a value.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Valued {
    /// Spellings.
    pub says: Vec<String>,
    /// What they stand for.
    pub value: u8,
}

/// A letter that multiplies the number to which it is glued.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Suffix {
    /// Spellings.
    pub says: Vec<String>,
    /// What it multiplies by.
    pub factor: u32,
}

/// `numbers.toml`; every list holds spellings.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the fields are the table's keys, explained there")]
pub struct NumberWords {
    pub digits: Vec<Valued>,
    pub after_ten: Vec<Valued>,
    pub ten: Vec<String>,
    pub tens: Vec<String>,
    pub zero_ten: Vec<String>,
    pub half: Vec<String>,
    pub decimal_mark: Vec<String>,
    pub part: Vec<String>,
    pub half_of: Vec<String>,
    pub twice: Vec<String>,
    pub each: Vec<String>,
    pub whole: Vec<String>,
    pub negative: Vec<String>,
    pub first: Vec<String>,
    pub ordinal: Vec<String>,
    pub between: Vec<String>,
    pub and: Vec<String>,
    pub suffixes: Vec<Suffix>,
    pub vague: Vec<String>,
}

/// A bound and its words.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BoundWords {
    /// The bound.
    pub id: Bound,
    /// Spellings.
    pub says: Vec<String>,
    /// Whether the words stand behind the unit.
    #[serde(default)]
    pub after: bool,
}

/// How far a status word reaches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Reach {
    /// The figures of its clause.
    Clause,
    /// The figures behind it in its sentence.
    #[default]
    Sentence,
}

/// A status and its words.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatusWords {
    /// The status.
    pub id: Status,
    /// How far the words reach.
    #[serde(default)]
    pub reach: Reach,
    /// Spellings.
    pub says: Vec<String>,
}

/// Small words that a rule asks for by itself, `[particles]` in `text.toml`; every list holds spellings.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the fields are the table's keys, explained there")]
pub struct Particles {
    pub and: Vec<String>,
    pub or: Vec<String>,
    pub of: Vec<String>,
    pub place: Vec<String>,
    pub then: Vec<String>,
    pub when: Vec<String>,
    pub only: Vec<String>,
    pub with: Vec<String>,
    pub is: Vec<String>,
    pub done: Vec<String>,
    pub tells: Vec<String>,
    pub hundred: Vec<String>,
    pub today: Vec<String>,
    /// Behind a day that is one of the lunar calendar (`mùng 5 Tết`).
    pub lunar: Vec<String>,
    pub than: Vec<String>,
    pub within: Vec<String>,
    pub counted: Vec<String>,
    pub province: Vec<String>,
    pub photo: Vec<String>,
    /// Behind a percentage that names a grade of goods (`gạo 5% tấm`).
    pub grade: Vec<String>,
    /// Goods whose grades are called by percentages.
    pub graded: Vec<String>,
    pub buy: Vec<String>,
    pub sell: Vec<String>,
    pub adjunct: Vec<String>,
    /// What follows says why, and dates itself.
    pub cause: Vec<String>,
    /// What befalls a project: a time behind it is not that of what was said of the project before.
    pub event: Vec<String>,
    /// Before a year to which a plan only looks out beyond its own span.
    pub vision: Vec<String>,
    pub serves: Vec<String>,
    pub answers: Vec<String>,
    /// What follows says what for.
    pub purpose: Vec<String>,
    /// Between those who have something and what they have.
    pub has: Vec<String>,
    /// Words behind a number that count nothing.
    pub uncounted: Vec<String>,
    /// What is counted by the billion.
    pub massed: Vec<String>,
    /// Before a number that only tells a class of the noun before it.
    pub limit: Vec<String>,
}

/// What narrows a figure beyond its name, and what never does; in lower case.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NarrowingWords {
    /// Words that narrow nothing by themselves (`địa bàn`, `thị trường`).
    pub hollow: FxHashSet<String>,
    /// Nouns that begin the name of whoever or whatever has figures of its own (`công ty`, `sàn`, `dự án`).
    pub bodies: Vec<String>,
    /// Groups of the state that stand for the country as a place (`EVN`).
    pub groups: Vec<String>,
    /// Nouns of those who only tell a figure, beside those in `speakers.toml`.
    pub tellers: Vec<String>,
    /// Words of a mean (`bình quân mỗi tháng`).
    pub averages: Vec<String>,
    /// Words of one end (`cao nhất`).
    pub extremes: Vec<String>,
    /// What is added to what there is (`mở thêm`).
    pub increments: Vec<String>,
    /// The sides of a dealer's price (`mua vào`).
    pub sides: Vec<String>,
    /// Words behind which the length of a deposit or loan stands (`kỳ hạn`).
    pub terms: Vec<String>,
    /// The floors of the markets (`sàn`, `HNX`).
    pub floors: Vec<String>,
    /// Indices that stand for their floor (`VN30-Index`).
    pub indices: Vec<String>,
    /// What is traded on a floor (`khối lượng`, `thanh khoản`).
    pub traded: Vec<String>,
    /// Words that join what stands on both sides of them to one phrase (`của`).
    pub links: Vec<String>,
    /// Words of an indicator's name that are no case of it (`khoản`).
    pub fillers: Vec<String>,
}

/// Who tells a figure; in lower case.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpeakerWords {
    /// Words behind which whoever tells it stands (`theo`).
    pub leads: Vec<String>,
    /// Verbs before which whoever tells it stands (`cho biết`).
    pub verbs: Vec<String>,
    /// Such verbs that elsewhere say how firm a figure is (`dự báo`).
    pub judging: Vec<String>,
    /// Words behind which a verb is nobody's saying (`được công bố`, `phải đánh giá`).
    pub barred: Vec<String>,
    /// Nouns that begin the name of a person or an office (`ông`, `Bộ trưởng`, `Cục`).
    pub people: Vec<String>,
    /// What it is told in (`báo cáo`, `số liệu`).
    pub sources: Vec<String>,
    /// Words between that and whoever it is of (`của`).
    pub of: Vec<String>,
    /// Words by which a noun is whoever was named last (`vị này`).
    pub back: Vec<String>,
}

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum TimeUnit {
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

/// A unit of time and its words.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TimeUnitWords {
    /// The unit.
    pub id: TimeUnit,
    /// Spellings.
    pub says: Vec<String>,
}

/// An expression relative to the day of publication.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RelativeWords {
    /// Spellings.
    pub says: Vec<String>,
    /// In units of …
    pub unit: TimeUnit,
    /// How many of them later.
    pub offset: i8,
}

/// `periods.toml`; every list holds spellings.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the fields are the table's keys, explained there")]
pub struct PeriodWords {
    pub unit: Vec<TimeUnitWords>,
    pub month_names: Vec<Valued>,
    pub roman: Vec<Valued>,
    pub relative: Vec<RelativeWords>,
    pub same: Vec<String>,
    pub same_moment: Vec<String>,
    pub versus: Vec<RelativeWords>,
    pub now: Vec<String>,
    pub year_to_date: Vec<String>,
    pub month_to_date: Vec<String>,
    /// The span of years that was named last (`giai đoạn này`).
    pub that_span: Vec<String>,
    pub until: Vec<String>,
    pub moment: Vec<String>,
    pub cumulated: Vec<String>,
    pub first_part: Vec<String>,
    pub last_part: Vec<String>,
    pub start_of_year: Vec<String>,
    pub end_of_year: Vec<String>,
    pub middle_of_year: Vec<String>,
    pub start_of: Vec<String>,
    pub end_of: Vec<String>,
    pub middle_of: Vec<String>,
    pub half: Vec<String>,
    pub span: Vec<String>,
    pub past: Vec<String>,
    pub ago: Vec<String>,
    pub later: Vec<String>,
    pub coming: Vec<String>,
    pub from: Vec<String>,
    pub to: Vec<String>,
    /// Between two days that a number of days counts: `hai ngày 22 và 23/4`.
    pub and: Vec<String>,
    pub weekday: Vec<Valued>,
    pub part_of_day: Vec<String>,
    pub season: Vec<String>,
    pub decade: Vec<String>,
    pub of: Vec<String>,
    pub term: Vec<String>,
    pub tenor: Vec<String>,
    pub whole_year: Vec<String>,
    pub hour: Vec<String>,
    pub session: Vec<String>,
    /// Sessions that are no days of the markets: `phiên họp`.
    pub assembly: Vec<String>,
    pub fortnight: Vec<String>,
    /// Years that begin in September: `năm học 2022-2023`.
    pub school_year: Vec<String>,
    /// Words before a unit of time that make it several: `những tháng đầu năm`.
    pub several: Vec<String>,
    /// Words before a number that counts something within a year: `đợt 1/2025` is no month.
    pub numbered: Vec<String>,
    /// Before a number of years, months or days that have passed: `cách đây 3 năm`.
    pub back: Vec<String>,
    /// Words behind which a bare year says when: `năm tài chính 2024`.
    pub dated: Vec<String>,
    /// Words of what there is at a moment, wherever they stand in a name: `lỗ lũy kế`, `đang lưu hành`.
    pub stock: Vec<String>,
    /// Words of what comes together over a time: `nhập khẩu`, `cấp phép`.
    pub flow: Vec<String>,
}

/// What a number behind a blocked word belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BlockedBy {
    /// Decrees, articles of a law.
    Document,
    /// Things that are numbered (`hình 7.2 mô tả`, `tổ máy số 2 hòa lưới`): a noun behind does not make the number a count.
    Label,
    /// Streets: the number stands before the word (`25 phố Huế`).
    Street,
    /// Classes: the number stands before the word (`5 sao`).
    Class,
    /// Roads, districts, rooms.
    Address,
    /// Phones.
    Phone,
    /// Names of things, ages, classes.
    Name,
    /// Ranks.
    Rank,
    /// Ordinals.
    Ordinal,
    /// Days that are kept: what looks like a fraction behind them is a date (`Quốc khánh 2/9`).
    Day,
}

impl BlockedBy {
    /// The name, for traces and unread numbers.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Label => "label",
            Self::Class => "class",
            Self::Address | Self::Street => "address",
            Self::Phone => "phone",
            Self::Name => "name",
            Self::Rank => "rank",
            Self::Ordinal => "ordinal",
            Self::Day => "date",
        }
    }
}

/// Words before a number that make it part of a name.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BlockedWords {
    /// What it is part of.
    pub why: BlockedBy,
    /// Spellings.
    pub says: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Bounds {
    bound: Vec<BoundWords>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Statuses {
    status: Vec<StatusWords>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cues {
    cue: Vec<CueWords>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TextWords {
    abbreviations: Vec<String>,
    compounds: Vec<String>,
    synonyms: Vec<Vec<String>>,
    particles: Particles,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Blocked {
    blocked: Vec<BlockedWords>,
}

impl Lexicon {
    pub(crate) fn load(files: &Files) -> Result<Self, KnowledgeError> {
        let TextWords { abbreviations, compounds, synonyms, particles } = files.table("lexicon/text.toml")?;
        Ok(Self {
            abbreviations,
            compounds,
            synonyms,
            particles,
            numbers: files.table("lexicon/numbers.toml")?,
            bounds: files.table::<Bounds>("lexicon/bounds.toml")?.bound,
            statuses: files.table::<Statuses>("lexicon/statuses.toml")?.status,
            cues: files.table::<Cues>("lexicon/cues.toml")?.cue,
            periods: files.table("lexicon/periods.toml")?,
            narrowing: files.table("lexicon/narrowing.toml")?,
            speakers: files.table("lexicon/speakers.toml")?,
            blocked: files.table::<Blocked>("lexicon/blocked.toml")?.blocked,
        })
    }
}
