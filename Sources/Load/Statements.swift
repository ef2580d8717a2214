internal import CallRecords
internal import Warehouse

/// The loader's statements, which lie in `sql/load`.
public enum Statements {
    /// Tells the server's planner what there is now.
    public static var analyze: String { named("analyze") }

    private static let all = Dictionary(
        SQLFile.embedded.filter { $0.name.hasPrefix("load/") }.map { ($0.name, $0.content) },
        uniquingKeysWith: { $1 }
    )

    /// A statement by its file's name.
    static func named(_ name: String) -> String {
        guard let text = all["load/\(name).sql"] else {
            preconditionFailure("sql/load/\(name).sql is not part of this binary.")
        }
        return text
    }

    /// `update_legs` with the text columns of a CDR written out, so that they stand in one list only.
    static let updateLegs: String = {
        let fields = CDRField.allCases.filter { $0 != .uniqueid }
        let texts = fields.map { field in
            // A value that was cut is the beginning of the one that is stored, and no news.
            """
            case when i.cut & \(1 << field.rawValue) <> 0 and starts_with(t.\(field.name), i.\(field.name))
                        then t.\(field.name) else coalesce(i.\(field.name), t.\(field.name)) end as \(field.name)
            """
        }
        return named("update_legs")
            .replacing("{{texts}}", with: texts.joined(separator: ",\n        "))
            .replacing("{{names}}", with: fields.map(\.name).joined(separator: ", "))
            .replacing("{{merged_names}}", with: fields.map { "m.\($0.name)" }.joined(separator: ", "))
            .replacing("{{stored_names}}", with: fields.map { "t.\($0.name)" }.joined(separator: ", "))
    }()
}
