import Reporting
import Services

/// The available reports, a line each.
struct ReportListText {
    let list: ReportList

    init(_ list: ReportList) { self.list = list }

    var text: String {
        let width = list.definitions.map(\.name.count).max() ?? 0
        return list.definitions.map { definition in
            let space = String(repeating: " ", count: width - definition.name.count + 2)
            // The first part of the description; --json has all of it.
            let summary = definition.description.prefix { $0 != ":" }
            return "\(definition.name)\(space)\(definition.title). \(summary)\n"
        }.joined()
    }
}
