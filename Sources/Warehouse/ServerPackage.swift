import Glibc

/// An installed PostgreSQL server: the folder of its programs and its major version.
struct ServerPackage: Sendable, Hashable {
    let bin: String
    let version: Int

    /// The oldest version that the migrations and the loader support.
    static let oldestVersion = 13

    /// Every installed server, newest first.
    static func installed() async -> [ServerPackage] {
        var packages: [ServerPackage] = []
        // Debian and Ubuntu, then the Red Hat family with the packages from postgresql.org.
        for (parent, prefix) in [("/usr/lib/postgresql", ""), ("/usr", "pgsql-")] {
            for name in FileSystem.names(in: parent) where name.hasPrefix(prefix) {
                guard let version = Int(name.dropFirst(prefix.count)) else { continue }
                packages.append(ServerPackage(bin: "\(parent)/\(name)/bin", version: version))
            }
        }
        packages.removeAll { !$0.isComplete }
        if let package = await inPath(), !packages.contains(where: { $0.version == package.version }) {
            packages.append(package)
        }
        return packages.sorted { $0.version > $1.version }
    }

    /// The server that fits the data, or the newest one if there are no data yet.
    ///
    /// - Parameters:
    ///   - dataVersion: The major version that created the data folder; nil if there is none.
    ///   - folder: The data folder, for the error message.
    ///   - installed: The available servers.
    /// - Returns: The server to run.
    /// - Throws: ``WarehouseError``, which says what to install.
    static func choose(
        for dataVersion: Int?,
        folder: String,
        from installed: [ServerPackage]
    ) throws(WarehouseError) -> ServerPackage {
        let usable = installed.filter { $0.version >= oldestVersion }
        guard let dataVersion else {
            if let newest = usable.first { return newest }
            throw WarehouseError(
                .serverMissing,
                "No PostgreSQL server of version \(oldestVersion) or newer is installed. Install the package postgresql "
                    + "(apt-get install postgresql), or name a database in [warehouse] of the configuration."
            )
        }
        if let fitting = usable.first(where: { $0.version == dataVersion }) { return fitting }
        let others = installed.isEmpty ? "none" : installed.map { String($0.version) }.joined(separator: ", ")
        throw WarehouseError(
            .version,
            "The data in \(folder) was made by PostgreSQL \(dataVersion); installed: \(others). Install "
                + "postgresql-\(dataVersion), or upgrade the data with pg_upgrade, or move the folder "
                + "away and import again."
        )
    }

    private var isComplete: Bool {
        ["initdb", "pg_ctl", "postgres"].allSatisfy { access("\(bin)/\($0)", X_OK) == 0 }
    }

    private static func inPath() async -> ServerPackage? {
        var folders: [String] = []
        if let path = getenv("PATH") {
            folders = String(cString: path).split(separator: ":").map { String($0) }
        }
        for bin in folders where bin.hasPrefix("/") {
            let candidate = ServerPackage(bin: bin, version: 0)
            // Output: `postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)`
            guard candidate.isComplete,
                let result = try? await ServerProgram("\(bin)/postgres", ["--version"], as: .current).run(),
                let number = result.output.split(separator: " ").dropFirst(2).first,
                let version = Int(number.prefix { $0.isNumber })
            else { continue }
            return ServerPackage(bin: bin, version: version)
        }
        return nil
    }
}
