import Base
public import Extract

extension MasterCSVLayout {
    /// The layout named by an option or the configuration; `nil` for `auto`, and if none is named.
    ///
    /// - Throws: ``ServiceError`` for an unknown name.
    public init?(option name: String?) throws {
        guard let name, name != "auto" else { return nil }
        guard let layout = MasterCSVLayout(name) else {
            let names = MasterCSVLayout.known.map(\.name).joined(separator: ", ")
            throw ServiceError(.usage, "Unknown layout \(name). Available: \(names), and lists of columns with commas.")
        }
        self = layout
    }
}
