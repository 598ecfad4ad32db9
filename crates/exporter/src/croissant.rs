//! `croissant.json`: the dataset for machine-learning hubs.

use std::path::Path;

use knowledge::{Column, ColumnType, Table};
use serde_json::{Value, json};

use crate::{ExportError, Provenance, WrittenFile, write_json};

/// The media type that Croissant's readers know Parquet by.
const PARQUET: &str = "application/x-parquet";

/// Describes the CSV files where there are some, else the Parquet files, else the partitions.
pub fn write(tables: &[&Table], files: &[WrittenFile], provenance: &Provenance, folder: &Path) -> Result<(), ExportError> {
    let mut distribution = Vec::new();
    let mut record_sets = Vec::new();
    for table in tables {
        let of = |ending: &str| files.iter().find(|file| file.path == format!("{}.{ending}", table.name));
        let (described, source) = if let Some(file) = of("csv") {
            file_object(file, "text/csv")
        } else if let Some(file) = of("parquet") {
            file_object(file, PARQUET)
        } else if files.iter().any(|file| file.path.starts_with(&format!("{}/", table.name))) {
            file_set(table)
        } else {
            continue;
        };
        distribution.push(described);
        record_sets.push(record_set(table, &source));
    }
    let dataset = json!({
        "@context": context(),
        "@type": "sc:Dataset",
        "name": "solieu",
        "description": "Figures stated by Vietnamese economic news, with the words that state them.",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "url": "https://github.com/solieu/solieu",
        "version": provenance.version,
        "citeAs": "solieu",
        "distribution": distribution,
        "recordSet": record_sets,
    });
    write_json(&dataset, &folder.join("croissant.json"))
}

/// A file, and how fields refer to it.
fn file_object(file: &WrittenFile, format: &str) -> (Value, Value) {
    let described = json!({
        "@type": "cr:FileObject", "@id": file.path, "name": file.path, "contentUrl": file.path,
        "encodingFormat": format, "sha256": file.sha256, "contentSize": format!("{} B", file.bytes),
    });
    (described, json!({ "fileObject": { "@id": file.path } }))
}

/// The partitions of a table, and how fields refer to them.
fn file_set(table: &Table) -> (Value, Value) {
    let id = format!("{}-partitions", table.name);
    let described = json!({
        "@type": "cr:FileSet", "@id": id, "name": id, "encodingFormat": PARQUET, "includes": format!("{}/**/*.parquet", table.name),
    });
    (described, json!({ "fileSet": { "@id": id } }))
}

fn record_set(table: &Table, source: &Value) -> Value {
    let key: Vec<Value> = table.key.iter().map(|name| json!({ "@id": format!("{}/{name}", table.name) })).collect();
    let fields: Vec<Value> = table.columns.iter().map(|column| field(table, column, source)).collect();
    json!({ "@type": "cr:RecordSet", "@id": table.name, "name": table.name, "description": table.en, "key": key, "field": fields })
}

fn field(table: &Table, column: &Column, source: &Value) -> Value {
    let data_type = match column.kind {
        ColumnType::Text | ColumnType::Code | ColumnType::List | ColumnType::Time => "sc:Text",
        ColumnType::Integer => "sc:Integer",
        ColumnType::Number => "sc:Float",
        ColumnType::Boolean => "sc:Boolean",
        ColumnType::Date => "sc:Date",
    };
    let mut source = source.clone();
    source["extract"] = json!({ "column": column.name });
    json!({
        "@type": "cr:Field", "@id": format!("{}/{}", table.name, column.name), "name": column.name, "description": column.en,
        "dataType": data_type, "source": source,
    })
}

fn context() -> Value {
    json!({
        "@language": "en", "@vocab": "https://schema.org/", "sc": "https://schema.org/", "cr": "http://mlcommons.org/croissant/",
        "rai": "http://mlcommons.org/croissant/RAI/", "dct": "http://purl.org/dc/terms/", "citeAs": "cr:citeAs", "column": "cr:column",
        "conformsTo": "dct:conformsTo", "data": { "@id": "cr:data", "@type": "@json" }, "dataType": { "@id": "cr:dataType", "@type": "@vocab" },
        "equivalentProperty": "cr:equivalentProperty", "examples": { "@id": "cr:examples", "@type": "@json" }, "extract": "cr:extract", "field": "cr:field", "fileProperty": "cr:fileProperty",
        "fileObject": "cr:fileObject", "fileSet": "cr:fileSet", "format": "cr:format", "includes": "cr:includes",
        "isLiveDataset": "cr:isLiveDataset", "jsonPath": "cr:jsonPath", "key": "cr:key", "md5": "cr:md5", "parentField": "cr:parentField",
        "path": "cr:path", "recordSet": "cr:recordSet", "references": "cr:references", "regex": "cr:regex", "repeated": "cr:repeated",
        "replace": "cr:replace", "samplingRate": "cr:samplingRate", "separator": "cr:separator", "source": "cr:source", "subField": "cr:subField", "transform": "cr:transform",
    })
}
