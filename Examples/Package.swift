// swift-tools-version: 6.2
import PackageDescription

// One program for each library product, in a separate package, so that it sees only what others see.
let package = Package(
    name: "crm-voip-examples",
    dependencies: [.package(name: "crm-voip", path: "..")],
    targets: [
        .executableTarget(name: "records", dependencies: [.product(name: "AsteriskRecords", package: "crm-voip")]),
        .executableTarget(name: "manager", dependencies: [.product(name: "AsteriskManager", package: "crm-voip")]),
        .executableTarget(name: "guide", dependencies: [.product(name: "AsteriskManager", package: "crm-voip")]),
        .executableTarget(name: "visits", dependencies: [.product(name: "AsteriskRecords", package: "crm-voip")]),
        .executableTarget(name: "warehouse", dependencies: [.product(name: "CRMVoIP", package: "crm-voip")]),
    ],
    swiftLanguageModes: [.v6]
)
