//! The SDMX structure message: data structure, concepts and code lists of `series.sdmx.csv`.

use std::path::Path;

use polars::prelude::*;
use serde::Serialize;
use serde_json::{Value, json};

use crate::{ExportError, Pieces, sdmx, write_json};

const AGENCY: &str = "SOLIEU";
const SCHEMA: &str = "https://json.sdmx.org/2.0.0/sdmx-json-structure-schema.json";

/// Columns whose codes are listed: SDMX name, column of `series`, and the reference table with labels.
const LISTS: [(&str, &str, Option<&str>); 9] = [
    ("FREQ", "frequency", None),
    ("REF_AREA", "region", Some("regions")),
    ("INDICATOR", "indicator", Some("indicators")),
    ("COUNTERPART_AREA", "partner", Some("partners")),
    ("ACTIVITY", "industry", Some("industries")),
    ("PRODUCT", "product", Some("products")),
    ("MEASURE", "measure", None),
    ("VALUE_KIND", "status", None),
    ("UNIT_MEASURE", "unit", Some("units")),
];

/// The message, with `meta` first: readers look for the schema in the first few hundred characters.
#[derive(Serialize)]
struct Message {
    meta: Value,
    data: Value,
}

/// Writes `series.structure.json` (SDMX-JSON 2.0).
pub fn write(frames: &[Pieces], folder: &Path) -> Result<(), ExportError> {
    let path = folder.join("series.structure.json");
    let lists = LISTS.iter().map(|(name, column, table)| code_list(frames, name, column, *table)).collect::<PolarsResult<Vec<_>>>();
    let message = Message {
        meta: json!({ "schema": SCHEMA, "id": "SOLIEU_STRUCTURE", "prepared": "1970-01-01T00:00:00Z", "contentLanguages": ["en", "vi"], "sender": { "id": AGENCY } }),
        data: json!({
            "codelists": lists.map_err(ExportError::frame(&path))?,
            "conceptSchemes": [concepts()],
            "dataStructures": [structure()],
        }),
    };
    write_json(&message, &path)
}

fn code_list(frames: &[Pieces], name: &str, column: &str, table: Option<&str>) -> PolarsResult<Value> {
    let find = |wanted: &str| frames.iter().find(|(name, _)| name == wanted).map(|(_, pieces)| concat(pieces, UnionArgs::default()));
    let labels = match table.and_then(|table| find(table).map(|frame| (frame, table))) {
        Some((frame, table)) => labels(frame?, table)?,
        None => Vec::new(),
    };
    let used = match find("series") {
        Some(series) => {
            let codes = series?.select([col(column).cast(DataType::String)]).unique(None, UniqueKeepStrategy::Any);
            let codes = codes.sort([column], SortMultipleOptions::default()).collect()?;
            codes.column(column)?.str()?.iter().flatten().map(str::to_owned).collect()
        }
        None => Vec::new(),
    };
    let mut codes: Vec<Value> = Vec::new();
    for code in used {
        let id = match column {
            "measure" | "status" => code.to_uppercase(),
            "frequency" if code == "_O" => "I".to_owned(),
            _ => sdmx::code_id(&code),
        };
        let label = labels.iter().find(|label| label.0 == code);
        let english = label.and_then(|label| label.2.clone()).unwrap_or_else(|| code.clone());
        let vietnamese = label.map_or_else(|| code.clone(), |label| label.1.clone());
        codes.push(json!({ "id": id, "name": english, "names": { "en": english, "vi": vietnamese } }));
    }
    codes.push(json!({ "id": "_Z", "name": "Not applicable", "names": { "en": "Not applicable", "vi": "Không áp dụng" } }));
    Ok(
        json!({ "id": format!("CL_{name}"), "agencyID": AGENCY, "version": "1.0.0", "name": format!("Codes of {name}"), "names": { "en": format!("Codes of {name}") }, "isPartial": true, "codes": codes }),
    )
}

/// Id, Vietnamese and English name; the first of several rows of an id.
fn labels(frame: LazyFrame, table: &str) -> PolarsResult<Vec<(String, String, Option<String>)>> {
    let id = table.strip_suffix("ies").map_or_else(|| table.trim_end_matches('s').to_owned(), |stem| format!("{stem}y"));
    let read = frame.select([col(id.as_str()).cast(DataType::String), col("name_vi"), col("name_en")]).collect()?;
    let (ids, vi, en) = (read.column(&id)?.str()?, read.column("name_vi")?.str()?, read.column("name_en")?.str()?);
    Ok((0..read.height())
        .filter_map(|at| {
            let id = ids.get(at)?.to_owned();
            Some((id.clone(), vi.get(at).unwrap_or(&id).to_owned(), en.get(at).map(str::to_owned)))
        })
        .collect())
}

fn concepts() -> Value {
    let names = sdmx::DIMENSIONS.iter().map(|(name, _)| *name).chain(["OBS_VALUE", "OBS_STATUS", "UNIT_MULT", "SOURCES", "SERIES_ID"]);
    let concepts: Vec<Value> = names.map(|name| json!({ "id": name, "name": name, "names": { "en": name } })).collect();
    json!({ "id": "CS_SOLIEU", "agencyID": AGENCY, "version": "1.0.0", "name": "Concepts", "names": { "en": "Concepts" }, "isPartial": false, "concepts": concepts })
}

fn concept(name: &str) -> String {
    format!("urn:sdmx:org.sdmx.infomodel.conceptscheme.Concept={AGENCY}:CS_SOLIEU(1.0.0).{name}")
}

fn structure() -> Value {
    let listed = |name: &str| LISTS.iter().any(|list| list.0 == name);
    let representation = |name: &str| {
        if listed(name) {
            json!({ "enumeration": format!("urn:sdmx:org.sdmx.infomodel.codelist.Codelist={AGENCY}:CL_{name}(1.0.0)") })
        } else {
            json!({ "format": { "dataType": "String" } })
        }
    };
    let dimensions: Vec<Value> = sdmx::DIMENSIONS
        .iter()
        .filter(|(name, _)| *name != "TIME_PERIOD")
        .enumerate()
        .map(|(at, (name, _))| json!({ "id": name, "position": at, "type": "Dimension", "conceptIdentity": concept(name), "localRepresentation": representation(name) }))
        .collect();
    let time = json!({ "id": "TIME_PERIOD", "type": "TimeDimension", "position": dimensions.len(), "conceptIdentity": concept("TIME_PERIOD"), "localRepresentation": { "format": { "dataType": "ObservationalTimePeriod" } } });
    let attribute = |name: &str, kind: &str| json!({ "id": name, "usage": "optional", "attributeRelationship": { "observation": {} }, "conceptIdentity": concept(name), "localRepresentation": { "format": { "dataType": kind } } });
    json!({
        "id": "NEWS_OBS", "agencyID": AGENCY, "version": "1.0.0", "name": "Figures stated by Vietnamese news",
        "names": { "en": "Figures stated by Vietnamese news", "vi": "Số liệu do báo chí Việt Nam nêu" },
        "dataStructureComponents": {
            "dimensionList": { "id": "DimensionDescriptor", "dimensions": dimensions, "timeDimensions": [time], "timeDimension": time },
            "measureList": { "id": "MeasureDescriptor", "measures": [{ "id": "OBS_VALUE", "usage": "mandatory", "conceptIdentity": concept("OBS_VALUE"), "localRepresentation": { "format": { "dataType": "Double" } } }] },
            "attributeList": { "id": "AttributeDescriptor", "attributes": [
                attribute("OBS_STATUS", "String"), attribute("UNIT_MULT", "Integer"), attribute("SOURCES", "Integer"), attribute("SERIES_ID", "String"),
            ] },
        },
    })
}
