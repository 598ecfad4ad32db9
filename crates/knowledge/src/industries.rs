//! The Standard Industrial Classification of Vietnam (VSIC 2018) and the groups that news makes of it.

use serde::Deserialize;

use crate::register::Register;
use crate::{Files, KnowledgeError};

/// How deep an industry stands in the classification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum IndustryLevel {
    /// A group that news uses; its members are sections or divisions.
    Group,
    /// A section, a letter.
    Section,
    /// A division, two digits.
    Division,
    /// A class below a division that news names, three or four digits or a name.
    Class,
}

/// An industry and how texts name it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Industry {
    /// Code in VSIC 2018, or a name for a group.
    pub id: String,
    /// Depth.
    pub level: IndustryLevel,
    /// The section of a division, the division of a class.
    pub parent: Option<String>,
    /// Vietnamese name.
    pub vi: String,
    /// English name.
    pub en: String,
    /// Spellings, without the words `ngành`, `lĩnh vực`, `khu vực` before them where the rest is clear.
    pub says: Vec<String>,
    /// What a group is made of.
    #[serde(default)]
    pub members: Vec<String>,
    /// The id of the indicator that its growth is told by where nothing else is: sectors of the economy grow as parts of its product,
    /// sections of industry as parts of the index of production.
    pub grows: Option<String>,
    /// Codes in Vietnam's SDMX data structures.
    pub sdmx: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    industry: Vec<Industry>,
}

const INDUSTRIES: &str = "industries.toml";

/// Reads the table.
pub(crate) fn load(files: &Files) -> Result<Vec<Industry>, KnowledgeError> {
    let Table { industry: industries } = files.table(INDUSTRIES)?;
    let mut register = Register::new(files, INDUSTRIES);
    for industry in &industries {
        register.id(&industry.id)?;
        register.spellings(&industry.says, &industry.id)?;
    }
    industries.iter().flat_map(|industry| industry.members.iter().chain(&industry.parent)).try_for_each(|id| register.refers(id))?;
    Ok(industries)
}
