import Foundation
import PackagePlugin

/// Makes a folder beside Sources part of a target: `sql` of Warehouse, `reports` of Reporting, `web` of Serve,
/// `languages` of Base.
///
/// The target gets an enum, `SQLFiles`, `ReportFiles`, `WebFiles` or `LanguageFiles`, with a constant for each file and the list `all` of them.
@main
struct EmbedSQL: BuildToolPlugin {
    private static let folders = [
        "Warehouse": (folder: "sql", type: "SQLFiles"), "Reporting": (folder: "reports", type: "ReportFiles"),
        "Serve": (folder: "web", type: "WebFiles"), "Base": (folder: "languages", type: "LanguageFiles"),
    ]

    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        guard let (folder, type) = Self.folders[target.name] else {
            Diagnostics.error("EmbedSQL has no folder for the target \(target.name).")
            return []
        }
        let root = context.package.directoryURL.appending(path: folder).resolvingSymlinksInPath()
        let output = context.pluginWorkDirectoryURL.appending(path: "\(type).swift")
        // A build plan is kept while the targets' own folders do not change, so a list of files made here would be out
        // of date when a file is added, and break the build when one is removed. Instead, the tool looks for itself in
        // every build: it always changes its own input, and changes its output only if files did change.
        let tick = context.pluginWorkDirectoryURL.appending(path: "tick")
        if !FileManager.default.fileExists(atPath: tick.path) { try Data().write(to: tick) }
        return [
            .buildCommand(
                displayName: "Embedding \(folder)/ in \(target.name)",
                executable: try context.tool(named: "embed-sql").url,
                arguments: [root.path, output.path, tick.path, type],
                inputFiles: [tick],
                outputFiles: [output]
            )
        ]
    }
}
