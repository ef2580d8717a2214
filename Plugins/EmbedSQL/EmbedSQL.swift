import Foundation
import PackagePlugin

/// Makes a folder beside Sources part of a target: `sql` of Warehouse, `reports` of Reporting.
///
/// The target gets `enum EmbeddedFiles { static let all: [(name: String, content: String)] }`, in the order of names.
@main
struct EmbedSQL: BuildToolPlugin {
    private static let folders = ["Warehouse": "sql", "Reporting": "reports"]

    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        guard let folder = Self.folders[target.name] else {
            Diagnostics.error("EmbedSQL knows no folder for the target \(target.name).")
            return []
        }
        let root = context.package.directoryURL.appending(path: folder).resolvingSymlinksInPath()
        let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedFiles.swift")
        return [
            .buildCommand(
                displayName: "Embedding \(folder)/ in \(target.name)",
                executable: try context.tool(named: "embed-sql").url,
                arguments: [root.path, output.path],
                inputFiles: Self.inputs(root),
                outputFiles: [output]
            )
        ]
    }

    /// The files, for changes, and the folders, whose times change when a file comes or goes.
    private static func inputs(_ root: URL) -> [URL] {
        guard FileManager.default.fileExists(atPath: root.path) else { return [] }
        let below = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
        return [root] + (below?.compactMap { $0 as? URL } ?? [])
    }
}
