//! `datapackage.json`: Data Package v2, from the definition of columns.

use std::collections::BTreeMap;
use std::path::Path;

use knowledge::{Column, ColumnType, Table};
use serde_json::{Map, Value, json};

use crate::{ExportError, Provenance, WrittenFile, write_json};

const PROFILES: &str = "https://datapackage.org/profiles/2.0";

/// Describes the files of the tables: CSV with its schema, Parquet as one file or as its partitions.
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
        let rows = rows.get(&table.name).copied();
        if let Some(file) = files.iter().find(|file| file.path == format!("{}.csv", table.name)) {
            resources.push(csv(table, tables, file, rows));
        }
        let parts: Vec<&WrittenFile> = files.iter().filter(|file| is_parquet_of(table, &file.path)).collect();
        if !parts.is_empty() {
            resources.push(parquet(table, &parts));
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

/// The table's own file, or one of its partitions.
fn is_parquet_of(table: &Table, path: &str) -> bool {
    let rest = path.strip_prefix(table.name.as_str()).and_then(|rest| rest.strip_suffix(".parquet"));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn csv(table: &Table, tables: &[&Table], file: &WrittenFile, rows: Option<usize>) -> Value {
    json!({
        "name": table.name,
        "type": "table",
        "path": file.path,
        "format": "csv",
        "mediatype": "text/csv",
        "title": table.en,
        "description": table.vi,
        "bytes": file.bytes,
        "hash": format!("sha256:{}", file.sha256),
        "rows": rows,
        "encoding": "utf-8",
        "dialect": { "$schema": format!("{PROFILES}/tabledialect.json"), "delimiter": ",", "lineTerminator": "\r\n" },
        "schema": schema(table, tables),
    })
}

/// The rows that the CSV resource describes, as a file with its hash; hashes of partitions stand in `run.json`.
///
/// Neither `type` nor a `format` that frictionless would open as a table: it cannot read lists in Parquet and takes texts such as
/// `93` for numbers, so it is left to check the bytes.
fn parquet(table: &Table, parts: &[&WrittenFile]) -> Value {
    let mut resource = json!({
        "name": format!("{}-parquet", table.name),
        "format": "apache-parquet",
        "mediatype": "application/vnd.apache.parquet",
        "title": table.en,
        "description": table.vi,
    });
    if let [file] = parts
        && !file.path.contains('/')
    {
        resource["path"] = json!(file.path);
        resource["bytes"] = json!(file.bytes);
        resource["hash"] = json!(format!("sha256:{}", file.sha256));
    } else {
        resource["path"] = parts.iter().map(|part| json!(part.path)).collect();
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
