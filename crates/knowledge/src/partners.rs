//! Countries, blocs and ownership sectors: with whom, or by whom.

use serde::Deserialize;

use crate::register::Register;
use crate::{Files, KnowledgeError};

/// What a partner is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PartnerKind {
    /// A country or territory with an ISO 3166-1 code.
    Country,
    /// A group of countries, an agreement or a continent.
    Bloc,
    /// An ownership sector of the economy; never a foreign place.
    Sector,
}

/// A partner and how texts name it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Partner {
    /// ISO 3166-1 alpha-2 code of a country, a name for the others.
    pub id: String,
    /// Kind.
    pub kind: PartnerKind,
    /// ISO 3166-1 alpha-3 code.
    pub iso3: Option<String>,
    /// UN M49 code.
    pub m49: Option<u16>,
    /// The usual name in Vietnamese news.
    pub vi: String,
    /// English name.
    pub en: String,
    /// Spellings that are safe anywhere, in their own case.
    pub says: Vec<String>,
    /// Spellings that are also everyday words or names (`Anh`, `Ý`, `Áo`): only capitalised and in a place's slot.
    #[serde(default)]
    pub careful: Vec<String>,
    /// Members of a bloc.
    #[serde(default)]
    pub members: Vec<String>,
    /// What people should know about it.
    pub note: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    partner: Vec<Partner>,
}

const PARTNERS: &str = "partners.toml";

/// Reads the table.
pub(crate) fn load(files: &Files) -> Result<Vec<Partner>, KnowledgeError> {
    let Table { partner: partners } = files.table(PARTNERS)?;
    let mut register = Register::new(files, PARTNERS);
    for partner in &partners {
        register.id(&partner.id)?;
        register.spellings(partner.says.iter().chain(&partner.careful), &partner.id)?;
    }
    partners.iter().flat_map(|partner| &partner.members).filter(|id| *id != "VN").try_for_each(|id| register.refers(id))?;
    Ok(partners)
}
