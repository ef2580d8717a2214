public import Base

/// A PBX: where its records lie and how its numbers and contexts are to be read.
public struct PBXSettings: Sendable, Equatable {
    /// The name in the configuration.
    public var name: String
    /// The zone of the PBX's clock; nil if it is to be found from the uniqueids.
    public var timeZone: String?
    /// Paths and glob patterns of CDR files.
    public var csv: [String]
    /// The zone of the CDR files if it is not the PBX's.
    public var csvTimeZone: String?
    /// The layout of the CDR files; `auto` if it is to be found.
    public var layout: String
    /// Paths and glob patterns of queue_log files.
    public var queueLog: [String]
    /// The encoding of names.
    public var encoding: TextEncoding
    /// What an extension looks like, as the user wrote it: `3`, `3-4`, `100-199`, `1XX`, `_1XX`.
    public var extensions: [String]
    /// What users dial before an outside number.
    public var outsidePrefix: String?
    /// What is dialled before a country code; nil: as usual in the region.
    public var internationalPrefix: String?
    /// What is dialled before an area code; nil: as usual in the region.
    public var nationalPrefix: String?
    /// ISO 3166, two capital letters.
    public var region: String?
    /// Contexts in which calls come from outside.
    public var inboundContexts: [String]
    /// Contexts in which calls go outside.
    public var outboundContexts: [String]
    /// Contexts of the extensions.
    public var internalContexts: [String]
    /// Contexts whose legs are counted in no call.
    public var ignoredContexts: [String]
}

extension Settings {
    /// The names of the PBXs that are configured, in alphabetical order.
    public var pbxNames: [String] { names(in: ["pbx"]) }

    /// The PBX that a command means: the named one, else `main`, else the only one there is.
    ///
    /// Without any PBX in the configuration every name is one, with nothing but defaults: a file can be loaded without
    /// a configuration.
    public func pbxName(_ named: String? = nil) throws(ConfigurationError) -> String {
        let names = pbxNames
        if let named {
            guard names.isEmpty || names.contains(named) else {
                throw ConfigurationError(
                    .unknownPBX,
                    "There is no PBX \(named) in the configuration; there is \(names.joined(separator: ", "))."
                )
            }
            return named
        }
        if names.isEmpty || names.contains("main") { return "main" }
        guard names.count == 1 else {
            throw ConfigurationError(.unknownPBX, "Say which PBX with --pbx: \(names.joined(separator: ", ")).")
        }
        return names[0]
    }

    /// A PBX's settings; see `pbxName` for which one.
    public func pbx(_ named: String? = nil) throws(ConfigurationError) -> PBXSettings {
        let name = try pbxName(named)
        return PBXSettings(
            name: name,
            timeZone: text("pbx", name, "timezone"),
            csv: list("pbx", name, "csv"),
            csvTimeZone: text("pbx", name, "csv_timezone"),
            layout: text("pbx", name, "layout") ?? "auto",
            queueLog: list("pbx", name, "queue_log"),
            encoding: text("pbx", name, "encoding").flatMap(TextEncoding.init(rawValue:)) ?? .utf8,
            extensions: list("pbx", name, "extensions"),
            outsidePrefix: text("pbx", name, "outside_prefix"),
            internationalPrefix: text("pbx", name, "international_prefix"),
            nationalPrefix: text("pbx", name, "national_prefix"),
            region: text("pbx", name, "region"),
            inboundContexts: list("pbx", name, "inbound_contexts"),
            outboundContexts: list("pbx", name, "outbound_contexts"),
            internalContexts: list("pbx", name, "internal_contexts"),
            ignoredContexts: list("pbx", name, "ignored_contexts")
        )
    }
}
