//! `datapackage.json`: Data Package v2, from the definition of columns.

use std::collections::BTreeMap;
use std::path::Path;

use knowledge::{Column, ColumnType, Table};
use serde_json::{Map, Value, json};

use crate::{ExportError, Provenance, WrittenFile, write_json};

const PROFILES: &str = "https://datapackage.org/profiles/2.0";

/// Describes the files of the tables: CSV where there is one, else Parquet.
pub fn write(
    tables: &[&Table],
    rows: &BTreeMap<String, usize>,
    files: &[WrittenFile],
    provenance: &Provenance,
    run: &str,
    folder: &Path,
) -> Result<(), ExportError> {
    let mut resources = Vec::new();
    for table in tables {
        for (ending, mediatype) in [("csv", "text/csv"), ("parquet", "application/vnd.apache.parquet")] {
            if let Some(file) = files.iter().find(|file| file.path == format!("{}.{ending}", table.name)) {
                resources.push(resource(table, tables, file, ending, mediatype, rows));
            }
        }
    }
    let package = json!({
        "$schema": format!("{PROFILES}/datapackage.json"),
        "name": "solieu",
        "title": "Figures stated by Vietnamese economic news",
        "description": "Every figure with the words that state it, and the statistics that follow from them.",
        "version": provenance.version,
        "id": run,
        "sources": [{ "title": "Vietnamese news sites; see the table articles" }],
        "resources": resources,
    });
    write_json(&package, &folder.join("datapackage.json"))
}

fn resource(table: &Table, tables: &[&Table], file: &WrittenFile, ending: &str, mediatype: &str, rows: &BTreeMap<String, usize>) -> Value {
    let name = if ending == "csv" { table.name.clone() } else { format!("{}-{ending}", table.name) };
    let mut resource = json!({
        "name": name,
        "type": "table",
        "path": file.path,
        "format": ending,
        "mediatype": mediatype,
        "title": table.en,
        "description": table.vi,
        "bytes": file.bytes,
        "hash": format!("sha256:{}", file.sha256),
        "rows": rows.get(&table.name),
    });
    if ending == "csv" {
        resource["encoding"] = json!("utf-8");
        resource["dialect"] = json!({ "$schema": format!("{PROFILES}/tabledialect.json"), "delimiter": ",", "lineTerminator": "\r\n" });
        resource["schema"] = schema(table, tables);
    }
    resource
}

fn schema(table: &Table, tables: &[&Table]) -> Value {
    let fields: Vec<Value> = table.columns.iter().map(|column| field(table, column)).collect();
    let mut schema = json!({
        "$schema": format!("{PROFILES}/tableschema.json"),
        "fields": fields,
        "missingValues": [""],
        "primaryKey": table.key,
    });
    let keys: Vec<Value> = table.columns.iter().filter_map(|column| foreign_key(column, tables)).collect();
    if !keys.is_empty() {
        schema["foreignKeys"] = json!(keys);
    }
    schema
}

fn field(table: &Table, column: &Column) -> Value {
    let mut field = Map::new();
    field.insert("name".to_owned(), json!(column.name));
    let kind = match column.kind {
        ColumnType::Text | ColumnType::Code | ColumnType::List => "string",
        ColumnType::Integer => "integer",
        ColumnType::Number => "number",
        ColumnType::Boolean => "boolean",
        ColumnType::Date => "date",
        ColumnType::Time => "datetime",
    };
    field.insert("type".to_owned(), json!(kind));
    field.insert("title".to_owned(), json!(column.en));
    field.insert("description".to_owned(), json!(column.vi));
    if column.kind == ColumnType::Time {
        field.insert("format".to_owned(), json!("%Y-%m-%dT%H:%M:%SZ"));
    }
    for (name, value) in [("unit", &column.unit), ("sdmxConcept", &column.concept)] {
        if let Some(value) = value {
            field.insert(name.to_owned(), json!(value));
        }
    }
    let mut constraints = Map::new();
    let may_be_empty =
        column.nullable || column.kind == ColumnType::List || (column.kind == ColumnType::Text && !table.key.contains(&column.name));
    if !may_be_empty {
        constraints.insert("required".to_owned(), json!(true));
    }
    if table.key.len() == 1 && table.key[0] == column.name {
        constraints.insert("unique".to_owned(), json!(true));
    }
    if !column.values.is_empty() {
        constraints.insert("enum".to_owned(), json!(column.values));
        field.insert("categories".to_owned(), json!(column.values));
    }
    if !constraints.is_empty() {
        field.insert("constraints".to_owned(), Value::Object(constraints));
    }
    Value::Object(field)
}

/// A reference to the whole key of another table; a list or a part of a key cannot be one.
fn foreign_key(column: &Column, tables: &[&Table]) -> Option<Value> {
    let (table, field) = column.refers.as_deref()?.split_once('.')?;
    let target = tables.iter().find(|t| t.name == table)?;
    let whole_key = target.key.len() == 1 && target.key[0] == field;
    // Vocabularies may lack an id that an older dataset used; articles and observations never do.
    let firm = matches!(table, "articles" | "observations" | "series");
    (whole_key && firm && column.kind != ColumnType::List)
        .then(|| json!({ "fields": [column.name], "reference": { "resource": table, "fields": [field] } }))
}
