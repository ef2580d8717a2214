import CTOML

/// A TOML document as a list of its nodes, in the order in which they are written.
struct TOMLDocument: Sendable {
    struct Node: Hashable, Sendable {
        var path: [String]
        var content: Content
        var line: Int
        var column: Int
    }

    /// The content of a node. Scalars keep their text, so that a number can be read as a text.
    enum Content: Hashable, Sendable {
        case table
        case scalar(Scalar)
        /// The elements; nil for an element that is itself a table or an array.
        case array([Scalar?])
    }

    struct Scalar: Hashable, Sendable {
        enum Form: Hashable, Sendable {
            case text, integer, number, boolean, time
        }

        var form: Form
        var text: String
    }

    var nodes: [Node]

    /// Parses a whole document; `file` names it in errors.
    init(parsing bytes: [UInt8], file: String) throws(ConfigurationError) {
        var collector = Collector()
        var fault = CTOMLError()
        let parsed = bytes.withUnsafeBytes { bytes in
            withUnsafeMutablePointer(to: &collector) { collector in
                CTOMLParse(
                    bytes.baseAddress?.assumingMemoryBound(to: CChar.self),
                    bytes.count,
                    collector,
                    { context, node in
                        guard let context, let node else { return }
                        context.assumingMemoryBound(to: Collector.self).pointee.add(node.pointee)
                    },
                    &fault
                )
            }
        }
        guard parsed else {
            let message = withUnsafeBytes(of: fault.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
            let origin = SettingOrigin.file(path: file, line: Int(fault.line), column: Int(fault.column))
            throw ConfigurationError(.syntax, "This is not TOML: \(message).", at: origin)
        }
        nodes = collector.nodes.sorted { ($0.line, $0.column) < ($1.line, $1.column) }
    }

    private struct Collector {
        var nodes: [Node] = []

        mutating func add(_ node: CTOMLNode) {
            let scalar = Scalar(node)
            if node.isElement {
                // The array itself precedes its elements.
                guard let last = nodes.indices.last, case .array(let elements) = nodes[last].content else { return }
                nodes[last].content = .array(elements + [scalar])
                return
            }
            let path = UnsafeBufferPointer(start: node.path, count: node.depth).map { String($0) }
            let content: Content =
                switch (node.kind, scalar) {
                case (CTOMLKindArray, _): .array([])
                case (_, let scalar?): .scalar(scalar)
                case (_, nil): .table
                }
            nodes.append(Node(path: path, content: content, line: Int(node.line), column: Int(node.column)))
        }
    }
}

extension TOMLDocument.Scalar {
    fileprivate init?(_ node: CTOMLNode) {
        switch node.kind {
        case CTOMLKindString: form = .text
        case CTOMLKindInteger: form = .integer
        case CTOMLKindFloat: form = .number
        case CTOMLKindBoolean: form = .boolean
        case CTOMLKindDateTime: form = .time
        default: return nil
        }
        text = String(node.text)
    }
}

extension String {
    fileprivate init(_ text: CTOMLText) {
        self = UnsafeRawBufferPointer(start: text.bytes, count: text.length).withMemoryRebound(to: UInt8.self) {
            String(decoding: $0, as: UTF8.self)
        }
    }
}
