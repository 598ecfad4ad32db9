//! What a figure can be about: the indicators, and the subjects that are none.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::register::Register;
use crate::{Files, KnowledgeError, RegionKind, UnitKind};

/// What kind of quantity an indicator is; it decides what a percentage about it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// An amount over a period: exports, output, revenue.
    Flow,
    /// An amount at a point in time: outstanding credit, area, capital.
    Stock,
    /// A number of things.
    Count,
    /// A ratio that is itself a percentage or intensity: unemployment, interest, yield.
    Rate,
    /// A part of a whole in percent.
    Share,
    /// Index values and points.
    Index,
    /// Money for one unit of something.
    Price,
    /// A signed difference of two flows.
    Balance,
}

/// The values that can be believed, as inclusive limits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plausible {
    /// Limits of a relative change, in percent.
    pub change: Option<(f64, f64)>,
    /// Limits of a level, in the indicator's usual unit.
    pub level: Option<(f64, f64)>,
}

/// A name in several words that need not stand together.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pattern {
    /// The words, in their order; others may stand between them.
    pub all: Vec<String>,
    /// The figure's unit must be one of these codes; any will do where the list is empty.
    #[serde(default)]
    pub units: Vec<String>,
}

/// The kind of a name that narrows an indicator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// A branch of the economy.
    Industry,
    /// A country, a bloc or an ownership sector.
    Partner,
    /// A good or a service.
    Product,
}

/// How much of a case the figures of an indicator are of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Narrowed {
    /// Its own words say.
    #[default]
    Said,
    /// A figure of it is somebody's or of some good: where its own words do not say whose, the text around it does (`lợi nhuận`, `giá`).
    Always,
    /// Its own words say, also those inside its name beyond the official one (`thu từ dầu thô`).
    Named,
    /// It is of a place as a whole: no words narrow it but names and nouns of kinds (`CPI nhóm thực phẩm`).
    Seldom,
}

/// A statistical indicator and how texts name it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    /// Canonical id, fixed by the contract.
    pub id: String,
    /// Group of indicators.
    pub topic: String,
    /// Official Vietnamese name.
    pub vi: String,
    /// English name.
    pub en: String,
    /// Kind of quantity.
    pub kind: Kind,
    /// Usual unit code; none where the product decides.
    pub unit: Option<String>,
    /// Values that can be believed.
    #[serde(default)]
    pub plausible: Plausible,
    /// The indicator that the same name means beside a province's name (`gdp` of a province is `grdp`).
    pub provincial: Option<String>,
    /// Names that mean this indicator anywhere; the official name is one of them.
    pub says: Vec<String>,
    /// Elliptic names that mean it only where a figure follows and no full name governs the clause.
    #[serde(default)]
    pub verbs: Vec<String>,
    /// Counted nouns: `N` + noun is a level of this indicator.
    /// As a subject the noun names it only where the figure is a count or a change, or `số` stands before it.
    #[serde(default)]
    pub counts: Vec<String>,
    /// Names whose words stand apart or that need a unit; a pattern that holds wins over the names that its words lie in.
    #[serde(default)]
    pub with: Vec<Pattern>,
    /// Which marks inside its own name narrow it (`xuất khẩu gạo` is `exports` of `gạo`).
    #[serde(default)]
    pub parts: Vec<Part>,
    /// Whether others are measured by it: a percentage of it is a ratio of theirs (`nợ công bằng 37% GDP`).
    #[serde(default)]
    pub yardstick: bool,
    /// Whether it is a growth itself: by how much it rises is how high it is (`lạm phát cơ bản tăng 3,2%`), and only its fall is one of
    /// points.
    #[serde(default)]
    pub rises: bool,
    /// Whether it is what grows where a text only says `tăng trưởng` of a place.
    #[serde(default)]
    pub bare_growth: bool,
    /// The id of what amounts of goods beside it are, since they are no values of an index (`iip` of so many tonnes).
    pub amounts: Option<String>,
    /// Words of which the text has to hold one: elsewhere its names mean something else (`mức phạt` is of market surveillance
    /// only where a text speaks of it).
    #[serde(default)]
    pub asks: Vec<String>,
    /// Whether it counts what comes about over a period, and not what there is (`doanh nghiệp thành lập mới`).
    #[serde(default)]
    pub events: bool,
    /// Whether it counts all that there is: those with whom something is done are none (`hỗ trợ 35 triệu lao động`).
    #[serde(default)]
    pub standing: bool,
    /// How much of a case its figures are of.
    #[serde(default)]
    pub narrowed: Narrowed,
    /// Whether its percentages are parts of its plan however they are told (`tỷ lệ giải ngân … (42%)`), unless they say that it grew.
    #[serde(default)]
    pub of_plan: bool,
    /// The product that it is about as a whole; the product's bare name is then no breakdown.
    pub whole: Option<String>,
    /// Code in Vietnam's SDMX data structure.
    pub sdmx: Option<String>,
    /// Code in the World Development Indicators.
    pub wdi: Option<String>,
    /// What people should know about it.
    pub note: Option<String>,
}

impl Indicator {
    /// The id of what its name means for a region of some kind: `GDP` of a province is `grdp`.
    pub fn id_in(&self, region: Option<RegionKind>) -> &str {
        self.provincial.as_ref().filter(|_| region == Some(RegionKind::Province)).unwrap_or(&self.id)
    }
}

/// Phrases that are the subject of figures outside the vocabulary: the indicator is null and not inherited.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subject {
    /// Kind of quantity.
    pub kind: Kind,
    /// Phrases that head a figure's subject anywhere.
    #[serde(default)]
    pub says: Vec<String>,
    /// Phrases that do so only where a figure follows and no full name governs the clause.
    #[serde(default)]
    pub verbs: Vec<String>,
    /// Counted nouns: `N` + noun, or `số` + noun.
    #[serde(default)]
    pub counts: Vec<String>,
    /// Phrases whose words stand apart or that need a unit.
    #[serde(default)]
    pub with: Vec<Pattern>,
    /// What people should know about them.
    pub note: Option<String>,
}

/// Phrases around the names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NameWords {
    /// Words that lengthen a name to the left and leave its meaning (`tổng`, `số lượng`, `tốc độ tăng`).
    pub prefixes: Vec<String>,
    /// Words that open the name of a number of things or people (`số`, `dân số`).
    pub numbers: Vec<String>,
    /// Subjects that point back to the indicator before (`trị giá`, `con số này`, `mức tăng`).
    pub anaphors: Vec<String>,
    /// Everyday phrases that hold a name and do not mean it (`đánh giá`, `xuất hiện`): the longest match takes them.
    pub traps: Vec<String>,
    /// Words that open the name of a price (`giá`).
    pub prices: Vec<String>,
    /// Words right behind which an everyday word with a capital letter is a country (`sang Đức`, `thị trường Anh`).
    pub toward: Vec<String>,
    /// Words for what is held in shares (`vốn`, `thị phần`): a percentage right before one is a part of it.
    pub wholes: Vec<String>,
    /// Words that open the name of what is measured (`tỷ lệ`, `năng lực`).
    pub measures: Vec<MeasureWords>,
    /// Words for the cases of a subject and for days of trading: their number is told by the way (`là 2 thị trường lớn`, `sau 3 phiên`).
    pub cases: Vec<String>,
}

/// Words of measure for what is measured in the same units.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeasureWords {
    /// The kinds of units; none where each has a unit of its own (`năng suất` in tonnes per hectare).
    pub units: Vec<UnitKind>,
    /// Words that with those behind them are a name of their own.
    pub says: Vec<String>,
    /// Words that are only weighed where a figure's name says no measure, since they as often stand for something else (`số`, `quỹ`).
    #[serde(default)]
    pub weighed: Vec<String>,
}

/// Indicators, subjects and the phrases around them.
pub(crate) struct Names {
    pub(crate) indicators: Vec<Indicator>,
    pub(crate) subjects: Vec<Subject>,
    pub(crate) words: NameWords,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct IndicatorTable {
    indicator: Vec<Indicator>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SubjectTable {
    prefixes: Vec<String>,
    numbers: Vec<String>,
    anaphors: Vec<String>,
    traps: Vec<String>,
    prices: Vec<String>,
    wholes: Vec<String>,
    cases: Vec<String>,
    toward: Vec<String>,
    measure: Vec<MeasureWords>,
    subject: Vec<Subject>,
}

const INDICATORS: &str = "indicators.toml";
const SUBJECTS: &str = "subjects.toml";

/// Reads both tables; they share one namespace of spellings.
pub(crate) fn load(files: &Files) -> Result<Names, KnowledgeError> {
    let IndicatorTable { indicator: indicators } = files.table(INDICATORS)?;
    let SubjectTable { prefixes, numbers, anaphors, traps, prices, wholes, cases, toward, measure: measures, subject: subjects } =
        files.table(SUBJECTS)?;

    let mut register = Register::new(files, INDICATORS);
    for indicator in &indicators {
        register.id(&indicator.id)?;
        register.spellings(indicator.says.iter().chain(&indicator.verbs).chain(&indicator.counts), &indicator.id)?;
        if !indicator.says.contains(&indicator.vi) {
            return Err(register.malformed(&indicator.vi, format!("`says` of `{}` lacks its name `{}`", indicator.id, indicator.vi)));
        }
    }
    let others = |indicator: &'_ Indicator| [indicator.provincial.clone(), indicator.amounts.clone()];
    indicators.iter().flat_map(others).flatten().try_for_each(|id| register.refers(&id))?;

    let mut register = register.continued_in(SUBJECTS);
    for subject in &subjects {
        let names = || subject.says.iter().chain(&subject.verbs).chain(&subject.counts);
        let Some(first) = names().next() else {
            return Err(register.malformed("", "a subject without names".to_owned()));
        };
        register.id(first)?;
        register.spellings(names(), "a subject without indicator")?;
    }
    register.spellings(&anaphors, "an anaphor")?;
    register.spellings(&traps, "a trap")?;
    // A prefix may also be a subject by itself (`khối lượng`): before a name it is a prefix.
    Register::new(files, SUBJECTS).spellings(&prefixes, "a prefix")?;
    let measured = measures.iter().flat_map(|words| words.says.iter().chain(&words.weighed));
    Register::new(files, SUBJECTS).spellings(measured, "a word of measure")?;
    Ok(Names { indicators, subjects, words: NameWords { prefixes, numbers, anaphors, traps, prices, toward, wholes, measures, cases } })
}

/// Requires that every id of a map is an indicator's; on the right `none` will do.
pub(crate) fn require(files: &Files, table: &str, map: &BTreeMap<String, String>, indicators: &[Indicator]) -> Result<(), KnowledgeError> {
    let known = |id: &String| indicators.iter().any(|indicator| indicator.id == *id);
    let exact = map.values().filter(|id| *id != "none");
    match map.keys().chain(exact).find(|id| !known(id)) {
        None => Ok(()),
        Some(id) => Err(KnowledgeError::UnknownId { file: table.to_owned(), line: files.line_of(table, id), id: id.clone() }),
    }
}
