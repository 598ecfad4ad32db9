//! The tables of places as they are written, and what is checked about them.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Deserializer};
use unicode_normalization::is_nfc;

use super::{Abroad, Code, Elsewhere, Needs, PlaceName, Region, RegionKind, Regions, Successor};
use crate::{Files, KnowledgeError};

const REGIONS: &str = "regions.toml";
const DISTRICTS: &str = "districts.toml";
const COUNTRIES: &str = "countries.toml";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RegionTable {
    region: Vec<RegionEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RegionEntry {
    id: String,
    kind: RegionKind,
    vi: String,
    en: String,
    says: Vec<String>,
    #[serde(default)]
    weak: Vec<String>,
    #[serde(default)]
    offices: Vec<String>,
    #[serde(default)]
    became: Vec<SuccessorEntry>,
    #[serde(default)]
    code: Vec<CodeEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SuccessorEntry {
    region: String,
    #[serde(deserialize_with = "day")]
    on: Date,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CodeEntry {
    scheme: String,
    code: String,
    iso: Option<String>,
    name: String,
    area: Option<String>,
    #[serde(default, deserialize_with = "some_day")]
    from: Option<Date>,
    #[serde(default, deserialize_with = "some_day")]
    until: Option<Date>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DistrictTable {
    kinds: Vec<String>,
    here: Vec<String>,
    works: Vec<String>,
    elsewhere: Elsewhere,
    province: Vec<ProvinceEntry>,
    shared: Vec<SharedEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProvinceEntry {
    id: String,
    says: Vec<String>,
    #[serde(default)]
    marked: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SharedEntry {
    name: String,
    provinces: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CountryTable {
    own: Vec<String>,
    offices: Vec<String>,
    acts: Vec<String>,
    there: Vec<String>,
    country: Vec<CountryEntry>,
    bloc: Vec<CountryEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CountryEntry {
    id: String,
    vi: String,
    en: String,
    says: Vec<String>,
    #[serde(default)]
    weak: Vec<String>,
    #[serde(default)]
    cities: Vec<String>,
    #[serde(default)]
    offices: Vec<String>,
}

/// Reads the three tables and checks them against each other.
pub(super) fn load(files: &Files) -> Result<Regions, KnowledgeError> {
    let regions: RegionTable = files.table(REGIONS)?;
    let districts: DistrictTable = files.table(DISTRICTS)?;
    let countries: CountryTable = files.table(COUNTRIES)?;
    let mut gathered = Gathered { files, regions: Regions::default(), meanings: BTreeMap::new() };
    for entry in regions.region {
        gathered.add_region(entry)?;
    }
    gathered.check_references()?;
    for (kind, entries) in [(RegionKind::Country, countries.country), (RegionKind::Bloc, countries.bloc)] {
        for entry in entries {
            gathered.add_country(kind, entry)?;
        }
    }
    for entry in districts.province {
        gathered.add_districts(&entry)?;
    }
    for entry in districts.shared {
        gathered.add_shared(entry)?;
    }
    gathered.regions.kinds = districts.kinds;
    gathered.regions.here = districts.here;
    gathered.regions.works = districts.works;
    gathered.regions.elsewhere = districts.elsewhere;
    gathered.regions.abroad = Abroad { own: countries.own, offices: countries.offices, acts: countries.acts, there: countries.there };
    Ok(gathered.regions)
}

struct Gathered<'f> {
    files: &'f Files,
    regions: Regions,
    /// What every spelling seen so far means.
    meanings: BTreeMap<String, String>,
}

impl Gathered<'_> {
    fn add_region(&mut self, entry: RegionEntry) -> Result<(), KnowledgeError> {
        let codes = entry.code.into_iter().map(code).collect();
        let became = entry.became.into_iter().map(|step| Successor { region: step.region, on: step.on }).collect();
        let RegionEntry { id, kind, vi, en, says, weak, offices, .. } = entry;
        self.add(REGIONS, Region { id, kind, vi, en, says, weak, offices, codes, became })
    }

    fn add_country(&mut self, kind: RegionKind, entry: CountryEntry) -> Result<(), KnowledgeError> {
        let CountryEntry { id, vi, en, says, weak, cities, offices } = entry;
        for city in &cities {
            self.name(COUNTRIES, city, &id, Needs::Nothing, false)?;
        }
        self.add(COUNTRIES, Region { id, kind, vi, en, says, weak, offices, codes: Vec::new(), became: Vec::new() })
    }

    fn add(&mut self, file: &str, region: Region) -> Result<(), KnowledgeError> {
        if let Some(&first) = self.regions.by_id.get(&region.id) {
            return Err(self.twice(file, &region.id, &self.regions.all[first].vi));
        }
        for text in &region.says {
            self.name(file, text, &region.id, Needs::Nothing, true)?;
        }
        for text in &region.weak {
            self.name(file, text, &region.id, Needs::PlaceWord, true)?;
        }
        for text in &region.offices {
            self.name(file, text, &region.id, Needs::Nothing, false)?;
        }
        self.regions.by_id.insert(region.id.clone(), self.regions.all.len());
        self.regions.all.push(region);
        Ok(())
    }

    fn add_districts(&mut self, entry: &ProvinceEntry) -> Result<(), KnowledgeError> {
        self.known(DISTRICTS, &entry.id)?;
        for text in &entry.says {
            self.name(DISTRICTS, text, &entry.id, Needs::Nothing, false)?;
        }
        for text in &entry.marked {
            self.name(DISTRICTS, text, &entry.id, Needs::Kind, false)?;
        }
        Ok(())
    }

    fn add_shared(&mut self, entry: SharedEntry) -> Result<(), KnowledgeError> {
        for province in &entry.provinces {
            self.known(DISTRICTS, province)?;
        }
        self.new_spelling(DISTRICTS, &entry.name, &entry.provinces.join(", "))?;
        let SharedEntry { name: text, provinces: regions } = entry;
        self.regions.names.push(PlaceName { text, regions, needs: Needs::Province, whole: false });
        Ok(())
    }

    fn name(&mut self, file: &str, text: &str, region: &str, needs: Needs, whole: bool) -> Result<(), KnowledgeError> {
        self.new_spelling(file, text, region)?;
        self.regions.names.push(PlaceName { text: text.to_owned(), regions: vec![region.to_owned()], needs, whole });
        Ok(())
    }

    /// Refuses a spelling that has a meaning already, or that would never be found in normalized text.
    fn new_spelling(&mut self, file: &str, text: &str, meaning: &str) -> Result<(), KnowledgeError> {
        if text.trim() != text || text.is_empty() || !is_nfc(text) {
            return Err(self.malformed(file, text, "a spelling is in NFC, not empty and without spaces at its ends"));
        }
        match self.meanings.insert(text.to_owned(), meaning.to_owned()) {
            Some(first) => Err(self.twice(file, text, &first)),
            None => Ok(()),
        }
    }

    /// Successors and areas exist, codes follow each other, and a code means one province on any day.
    fn check_references(&self) -> Result<(), KnowledgeError> {
        let mut taken: BTreeMap<(&str, &str), Vec<(&Code, &Region)>> = BTreeMap::new();
        for region in self.regions.all() {
            for step in &region.became {
                self.known(REGIONS, &step.region)?;
            }
            for pair in region.codes.windows(2) {
                if overlap(&pair[0], &pair[1]) {
                    return Err(self.malformed(REGIONS, &region.id, "two codes hold on one day"));
                }
            }
            for code in &region.codes {
                if let Some(area) = &code.area {
                    self.known(REGIONS, area)?;
                }
                let others = taken.entry((&code.scheme, &code.code)).or_default();
                if let Some((_, other)) = others.iter().find(|(other, owner)| owner.id != region.id && overlap(other, code)) {
                    return Err(self.twice(REGIONS, &code.code, &other.id));
                }
                others.push((code, region));
            }
        }
        Ok(())
    }

    fn known(&self, file: &str, id: &str) -> Result<(), KnowledgeError> {
        if self.regions.by_id.contains_key(id) {
            return Ok(());
        }
        Err(KnowledgeError::UnknownId { file: file.to_owned(), line: self.last_line_of(file, id), id: id.to_owned() })
    }

    fn malformed(&self, file: &str, what: &str, why: &str) -> KnowledgeError {
        let why = format!("`{what}`: {why}");
        KnowledgeError::Malformed { file: file.to_owned(), line: self.last_line_of(file, what), why }
    }

    fn twice(&self, file: &str, what: &str, first: &str) -> KnowledgeError {
        let line = self.last_line_of(file, what);
        KnowledgeError::Twice { file: file.to_owned(), line, what: what.to_owned(), first: first.to_owned() }
    }

    /// The line of the last quoted occurrence: of two that contradict each other, the later one is at fault.
    fn last_line_of(&self, file: &str, text: &str) -> usize {
        let table = self.files.text(file).unwrap_or_default();
        let at = table.rfind(&format!("\"{text}\"")).unwrap_or_default();
        table[..at].matches('\n').count() + 1
    }
}

fn overlap(one: &Code, other: &Code) -> bool {
    let starts_before_end = |a: &Code, b: &Code| match (a.from, b.until) {
        (Some(from), Some(until)) => from <= until,
        _ => true,
    };
    starts_before_end(one, other) && starts_before_end(other, one)
}

fn code(entry: CodeEntry) -> Code {
    let CodeEntry { scheme, code, iso, name, area, from, until } = entry;
    Code { scheme, code, iso, name, area, from, until }
}

fn day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
    let written = toml::value::Datetime::deserialize(deserializer)?;
    written.to_string().parse().map_err(serde::de::Error::custom)
}

fn some_day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    day(deserializer).map(Some)
}
