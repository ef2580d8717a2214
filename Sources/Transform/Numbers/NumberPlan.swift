public import Base
public import CallRecords

/// How a PBX writes numbers: where it is, and what its users dial before a number.
public struct NumberPlan: Hashable, Sendable {
    /// ISO 3166-1 alpha-2 in capitals; `nil` if unknown, in which case only `+` and `00` make a number.
    public var region: String?
    /// What may be dialled for an outside line, such as `9` or `0`; tried in this order. Only numbers dialled by an
    /// internal party can begin with one.
    public var outsidePrefixes: [String]
    /// Prefixes that mean `+`, in addition to `00` and the region's own: `810`, `011`.
    public var internationalPrefixes: [String]
    /// The trunk prefix, if the PBX uses a different one from its region: `8`, `0`.
    public var nationalPrefix: String?
    /// Added before numbers that are too short to be national ones, if the PBX dials local numbers without area code.
    public var areaCode: String?
    /// Which numbers belong to the PBX.
    public var extensions: ExtensionPlan

    /// - Throws: ``NumberPlanError`` for a region that the library does not know, or a prefix that does not consist of
    ///   digits.
    public init(
        region: String?,
        outsidePrefix: String? = nil,
        internationalPrefix: String? = nil,
        nationalPrefix: String? = nil,
        areaCode: String? = nil,
        extensions: ExtensionPlan = .assumed
    ) throws(NumberPlanError) {
        let region = region.flatMap { $0.isEmpty ? nil : $0.uppercased() }
        if let region, !PhoneMetadata.isRegion(region) { throw .unknownRegion(region) }
        self.region = region
        outsidePrefixes = try Self.prefixes(outsidePrefix)
        internationalPrefixes = try Self.prefixes(internationalPrefix).filter { $0 != "+" && $0 != "00" }
        self.nationalPrefix = try Self.prefixes(nationalPrefix).first
        self.areaCode = try Self.prefixes(areaCode).first
        self.extensions = extensions
    }

    /// `9`, `0, 9`, `8~10` (with a pause in between), `+`
    private static func prefixes(_ text: String?) throws(NumberPlanError) -> [String] {
        var prefixes: [String] = []
        for part in (text ?? "").split(whereSeparator: { ",;/ ".contains($0) }) {
            let digits = part.filter { !"~-".contains($0) }
            let isPrefix = digits == "+" || !digits.isEmpty && digits.utf8.allSatisfy { 48...57 ~= $0 }
            guard isPrefix, digits.utf8.count <= 8 else { throw .invalidPrefix(String(part)) }
            prefixes.append(digits)
        }
        return prefixes
    }
}

/// What is wrong with a number plan.
public struct NumberPlanError: CategorisedError, Hashable {
    /// Which part of the plan is wrong.
    public struct Code: ErrorCode {
        /// The code's name in logs.
        public let rawValue: String

        /// A code by its name.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// The region is not an ISO 3166-1 code, or a place without telephones.
        public static let unknownRegion = Code(rawValue: "unknown-region")
        /// A prefix is not digits, or more than eight of them.
        public static let invalidPrefix = Code(rawValue: "invalid-prefix")
    }

    /// Which part of the plan is wrong.
    public let code: Code
    /// A sentence for the author of the configuration.
    public let description: String

    /// A number plan is part of the configuration.
    public var category: ErrorCategory { .configuration }

    /// The error for a region that the library does not know.
    public static func unknownRegion(_ code: String) -> Self {
        Self(
            code: .unknownRegion,
            description: "Unknown region “\(code)”. Use two letters of ISO 3166 such as RU, DE or US."
        )
    }

    /// The error for a prefix that cannot be dialled.
    public static func invalidPrefix(_ text: String) -> Self {
        Self(code: .invalidPrefix, description: "“\(text)” is not a dialling prefix. Use digits such as 9, 0 or 810.")
    }
}
