// Made from the types in answers.ts by `npm run openapi`.
export const schemas = {
  AccessHeldView: {
    type: 'object',
    properties: {
      account: {
        $ref: '#/components/schemas/Counterparty',
      },
      installation: {
        type: 'string',
      },
      type: {
        anyOf: [
          {
            type: 'string',
            const: 'root',
          },
          {
            $ref: '#/components/schemas/AccessType',
          },
        ],
      },
      via: {
        type: 'string',
      },
      shareId: {
        type: 'string',
      },
      grantId: {
        type: 'string',
      },
      since: {
        $ref: '#/components/schemas/Instant',
      },
      revocableUntil: {
        anyOf: [
          {
            $ref: '#/components/schemas/Instant',
          },
          {
            type: 'string',
            const: 'any-time',
          },
        ],
      },
      expiresAt: {
        $ref: '#/components/schemas/Instant',
      },
    },
    required: ['account', 'installation', 'type', 'since'],
  },
  Counterparty: {
    type: 'object',
    properties: {
      id: {
        type: 'string',
      },
      name: {
        type: 'string',
      },
      kind: {
        $ref: '#/components/schemas/AccountKind',
      },
    },
    required: ['id', 'name'],
  },
  AccountKind: {
    type: 'string',
    enum: ['service', 'connect'],
  },
  AccessType: {
    type: 'string',
    enum: ['operator', 'installation-manager', 'subcontractor', 'on-loan'],
  },
  Instant: {
    type: 'string',
    format: 'date-time',
  },
  AccessIntervalView: {
    type: 'object',
    properties: {
      installation: {
        $ref: '#/components/schemas/NamedInstallation',
      },
      account: {
        $ref: '#/components/schemas/Counterparty',
      },
      type: {
        anyOf: [
          {
            type: 'string',
            const: 'root',
          },
          {
            $ref: '#/components/schemas/AccessType',
          },
        ],
      },
      since: {
        $ref: '#/components/schemas/Instant',
      },
      until: {
        $ref: '#/components/schemas/Instant',
      },
      began: {
        type: 'string',
        enum: ['registered', 'given'],
      },
      ended: {
        $ref: '#/components/schemas/AccessEnd',
      },
      path: {
        type: 'array',
        items: {
          $ref: '#/components/schemas/PathStep',
        },
      },
      authorisedBy: {
        $ref: '#/components/schemas/Authorisation',
      },
      readableAsOf: {
        $ref: '#/components/schemas/Instant',
      },
      knownAsOf: {
        $ref: '#/components/schemas/Instant',
      },
    },
    required: ['installation', 'account', 'type', 'since', 'began', 'path'],
  },
  NamedInstallation: {
    type: 'object',
    properties: {
      id: {
        type: 'string',
      },
      token: {
        type: 'string',
      },
      reference: {
        type: 'string',
      },
      customer: {
        $ref: '#/components/schemas/NamedCustomer',
      },
      serialNumber: {
        type: 'string',
      },
      brand: {
        type: 'string',
      },
      model: {
        type: 'string',
      },
    },
    required: ['id', 'token'],
  },
  NamedCustomer: {
    type: 'object',
    properties: {
      id: {
        type: 'string',
      },
      name: {
        type: 'string',
      },
    },
    required: ['id'],
  },
  AccessEnd: {
    type: 'object',
    properties: {
      kind: {
        type: 'string',
        enum: ['revoked', 'returned', 'cascade', 'expired'],
      },
      account: {
        $ref: '#/components/schemas/Counterparty',
      },
      shareId: {
        type: 'string',
      },
      grantId: {
        type: 'string',
      },
      reason: {
        type: 'string',
      },
      decidedBy: {
        $ref: '#/components/schemas/Authorisation',
      },
    },
    required: ['kind', 'account'],
  },
  Authorisation: {
    type: 'object',
    properties: {
      account: {
        $ref: '#/components/schemas/Counterparty',
      },
      user: {
        type: 'string',
      },
      role: {
        $ref: '#/components/schemas/Role',
      },
      service: {
        type: 'string',
      },
      at: {
        $ref: '#/components/schemas/Instant',
      },
      command: {
        type: 'string',
      },
    },
    required: ['account', 'role', 'at', 'command'],
  },
  Role: {
    type: 'string',
    enum: ['technician', 'manager', 'administrator', 'auditor', 'operator', 'service', 'system'],
  },
  PathStep: {
    type: 'object',
    properties: {
      grantId: {
        type: 'string',
      },
      shareId: {
        type: 'string',
      },
      giver: {
        $ref: '#/components/schemas/Counterparty',
      },
      receiver: {
        $ref: '#/components/schemas/Counterparty',
      },
      type: {
        $ref: '#/components/schemas/AccessType',
      },
      at: {
        $ref: '#/components/schemas/Instant',
      },
      until: {
        $ref: '#/components/schemas/Instant',
      },
      authorisedBy: {
        $ref: '#/components/schemas/Authorisation',
      },
    },
    required: ['grantId', 'shareId', 'giver', 'receiver', 'type', 'at'],
  },
  AccessVerdicts: {
    type: 'object',
    properties: {
      results: {
        type: 'array',
        items: {
          $ref: '#/components/schemas/AccessVerdict',
        },
      },
    },
    required: ['results'],
  },
  AccessVerdict: {
    type: 'object',
    properties: {
      allowed: {
        type: 'boolean',
      },
      because: {
        type: 'array',
        items: {
          anyOf: [
            {
              $ref: '#/components/schemas/AccessStep',
            },
            {
              type: 'string',
            },
          ],
        },
      },
    },
    required: ['allowed', 'because'],
  },
  AccessStep: {
    type: 'object',
    properties: {
      grantId: {
        type: 'string',
      },
      shareId: {
        type: 'string',
      },
      giver: {
        type: 'string',
      },
      holder: {
        type: 'string',
      },
      type: {
        $ref: '#/components/schemas/AccessType',
      },
      since: {
        $ref: '#/components/schemas/Instant',
      },
      expiresAt: {
        $ref: '#/components/schemas/Instant',
      },
    },
    required: ['grantId', 'shareId', 'giver', 'holder', 'type', 'since'],
  },
  ActivityView: {
    type: 'object',
    properties: {
      kind: {
        $ref: '#/components/schemas/ActivityKind',
      },
      performedOn: {
        type: 'string',
      },
      summary: {
        type: 'string',
      },
      performedBy: {
        type: 'string',
      },
      refrigerantAddedKg: {
        $ref: '#/components/schemas/Amount',
      },
      refrigerantRecoveredKg: {
        $ref: '#/components/schemas/Amount',
      },
      leakFound: {
        type: 'boolean',
      },
      measurements: {
        type: 'array',
        items: {
          $ref: '#/components/schemas/Measurement',
        },
      },
      attachment: {
        $ref: '#/components/schemas/Attachment',
      },
      id: {
        type: 'string',
      },
      account: {
        $ref: '#/components/schemas/Counterparty',
      },
      document: {
        $ref: '#/components/schemas/WorkOrderDocument',
      },
      addedAt: {
        $ref: '#/components/schemas/Instant',
      },
      changedAt: {
        $ref: '#/components/schemas/Instant',
      },
      allowedActions: {
        type: 'array',
        items: {
          $ref: '#/components/schemas/ActivityAction',
        },
      },
    },
    required: ['account', 'addedAt', 'allowedActions', 'id', 'kind', 'performedOn', 'summary'],
  },
  ActivityKind: {
    type: 'string',
    enum: ['work-order', 'measurement', 'operation', 'note', 'attachment'],
  },
  Amount: {
    type: 'number',
  },
  Measurement: {
    type: 'object',
    properties: {
      name: {
        type: 'string',
      },
      value: {
        $ref: '#/components/schemas/Amount',
      },
      unit: {
        type: 'string',
      },
    },
    required: ['name', 'value', 'unit'],
  },
  Attachment: {
    type: 'object',
    properties: {
      name: {
        type: 'string',
      },
      mediaType: {
        type: 'string',
      },
      sha256: {
        type: 'string',
      },
      url: {
        type: 'string',
      },
    },
    required: ['name', 'mediaType', 'sha256', 'url'],
  },
  WorkOrderDocument: {
    type: 'object',
    properties: {
      number: {
        type: 'string',
      },
      issuedAt: {
        $ref: '#/components/schemas/Instant',
      },
      issuedBy: {
        $ref: '#/components/schemas/CompanyDetails',
      },
    },
    required: ['number', 'issuedAt', 'issuedBy'],
  },
  CompanyDetails: {
    type: 'object',
    properties: {
      name: {
        type: 'string',
      },
      vatNumber: {
        type: 'string',
      },
      street: {
        type: 'string',
      },
      postalCode: {
        type: 'string',
      },
      city: {
        type: 'string',
      },
      country: {
        type: 'string',
      },
      certificateNumber: {
        type: 'string',
      },
    },
    required: ['name', 'vatNumber', 'street', 'postalCode', 'city', 'country'],
  },
  ActivityAction: {
    type: 'string',
    enum: ['change', 'remove'],
  },
  ApprovalPreview: {
    type: 'object',
    properties: {
      receiver: {
        $ref: '#/components/schemas/Counterparty',
      },
      counts: {
        type: 'object',
        properties: {
          customers: {
            type: 'integer',
          },
          locations: {
            type: 'integer',
          },
          buildings: {
            type: 'integer',
          },
          installations: {
            type: 'integer',
          },
          leftOut: {
            type: 'integer',
          },
        },
        required: ['customers', 'locations', 'buildings', 'installations', 'leftOut'],
      },
      atMostUntil: {
        type: 'object',
        properties: {
          installations: {
            type: 'integer',
          },
          first: {
            $ref: '#/components/schemas/Instant',
          },
        },
        required: ['installations', 'first'],
      },
      customers: {
        type: 'array',
        items: {
          $ref: '#/components/schemas/PreviewedCustomer',
        },
      },
      leftOut: {
        type: 'array',
        items: {
          $ref: '#/components/schemas/LeftOut',
        },
      },
      terms: {
        $ref: '#/components/schemas/ShareTerms',
      },
      refusal: {
        type: 'object',
        properties: {
          code: {
            type: 'string',
          },
          detail: {
            type: 'string',
          },
        },
        required: ['code', 'detail'],
      },
      nextPageToken: {
        type: 'string',
      },
    },
    required: ['receiver', 'counts', 'customers', 'leftOut'],
  },
  PreviewedCustomer: {
    type: 'object',
    properties: {
      id: {
        type: 'string',
      },
      name: {
        type: 'string',
      },
      vatNumber: {
        type: 'string',
      },
      address: {
        $ref: '#/components/schemas/Address',
      },
      locations: {
        type: 'array',
        items: {
          $ref: '#/components/schemas/PreviewedLocation',
        },
      },
    },
    required: ['address', 'id', 'locations', 'name'],
  },
  Address: {
    type: 'object',
    properties: {
      street: {
        type: 'string',
      },
      postalCode: {
        type: 'string',
      },
      city: {
        type: 'string',
      },
      country: {
        type: 'string',
      },
      region: {
        type: 'string',
      },
    },
    required: ['street', 'city'],
  },
  PreviewedLocation: {
    type: 'object',
    properties: {
      id: {
        type: 'string',
      },
      name: {
        type: 'string',
      },
      address: {
        $ref: '#/components/schemas/Address',
      },
      region: {
        type: 'string',
      },
      buildings: {
        type: 'array',
        items: {
          $ref: '#/components/schemas/PreviewedBuilding',
        },
      },
      installations: {
        type: 'array',
        items: {
          $ref: '#/components/schemas/PreviewedInstallation',
        },
      },
    },
    required: ['address', 'buildings', 'id', 'installations', 'name'],
  },
  PreviewedBuilding: {
    type: 'object',
    properties: {
      id: {
        type: 'string',
      },
      name: {
        type: 'string',
      },
      address: {
        $ref: '#/components/schemas/Address',
      },
      installations: {
        type: 'array',
        items: {
          $ref: '#/components/schemas/PreviewedInstallation',
        },
      },
    },
    required: ['id', 'installations', 'name'],
  },
  PreviewedInstallation: {
    type: 'object',
    properties: {
      atMostUntil: {
        $ref: '#/components/schemas/Instant',
      },
      installationId: {
        type: 'string',
      },
      token: {
        type: 'string',
      },
      reference: {
        type: 'string',
      },
      customerReference: {
        type: 'string',
      },
      properties: {
        type: 'object',
        properties: {
          serialNumber: {
            type: 'string',
          },
          brand: {
            type: 'string',
          },
          model: {
            type: 'string',
          },
          type: {
            $ref: '#/components/schemas/InstallationType',
          },
          refrigerant: {
            type: 'string',
          },
          chargeKg: {
            $ref: '#/components/schemas/Amount',
          },
          capacityKw: {
            $ref: '#/components/schemas/Amount',
          },
          hermeticallySealed: {
            type: 'boolean',
          },
          leakDetection: {
            type: 'boolean',
          },
          commissionedOn: {
            type: 'string',
          },
        },
      },
    },
    required: ['installationId', 'properties', 'reference', 'token'],
  },
  InstallationType: {
    type: 'string',
    enum: ['air-conditioning', 'refrigeration', 'heat-pump', 'other'],
  },
  LeftOut: {
    type: 'object',
    properties: {
      installationId: {
        type: 'string',
      },
      code: {
        $ref: '#/components/schemas/LeftOutCode',
      },
    },
    required: ['installationId', 'code'],
  },
  LeftOutCode: {
    anyOf: [
      {
        $ref: '#/components/schemas/GrantRefusal',
      },
      {
        type: 'string',
        const: 'archived',
      },
    ],
  },
  GrantRefusal: {
    type: 'string',
    enum: ['access-type-not-givable', 'already-shared', 'requester-above', 'not-yours'],
  },
  ShareTerms: {
    type: 'object',
    properties: {
      accessType: {
        $ref: '#/components/schemas/AccessType',
      },
      documentIdentity: {
        $ref: '#/components/schemas/DocumentIdentity',
      },
      revocation: {
        $ref: '#/components/schemas/RevocationTerms',
      },
      approvedAt: {
        $ref: '#/components/schemas/Instant',
      },
      until: {
        $ref: '#/components/schemas/Instant',
      },
    },
    required: ['accessType', 'documentIdentity', 'revocation', 'approvedAt'],
  },
  DocumentIdentity: {
    type: 'string',
    enum: ['performer', 'giver'],
  },
  RevocationTerms: {
    anyOf: [
      {
        type: 'object',
        properties: {
          kind: {
            type: 'string',
            const: 'any-time',
          },
        },
        required: ['kind'],
      },
      {
        type: 'object',
        properties: {
          kind: {
            type: 'string',
            const: 'window',
          },
          milliseconds: {
            type: 'integer',
          },
          from: {
            type: 'string',
            enum: ['placed', 'granted'],
          },
        },
        required: ['kind', 'milliseconds', 'from'],
      },
    ],
  },
  AuditHistory: {
    type: 'object',
    properties: {
      items: {
        type: 'array',
        items: {
          $ref: '#/components/schemas/AuditEntry',
        },
      },
      nextPageToken: {
        type: 'string',
      },
      total: {
        type: 'integer',
      },
      state: {
        type: 'object',
      },
      differences: {
        $ref: '#/components/schemas/AuditDifferences',
      },
    },
    required: ['items'],
  },
  AuditEntry: {
    type: 'object',
    properties: {
      id: {
        type: 'string',
      },
      subject: {
        $ref: '#/components/schemas/AuditedThing',
      },
      revision: {
        type: 'integer',
      },
      time: {
        $ref: '#/components/schemas/Instant',
      },
      actor: {
        $ref: '#/components/schemas/AuditedActor',
      },
      command: {
        type: 'string',
      },
      cause: {
        type: 'string',
      },
      correlation: {
        type: 'string',
      },
      type: {
        type: 'string',
      },
      sentence: {
        type: 'string',
      },
      data: {
        $ref: '#/components/schemas/JsonObject',
      },
    },
    required: [
      'id',
      'subject',
      'revision',
      'time',
      'actor',
      'command',
      'cause',
      'correlation',
      'type',
      'sentence',
      'data',
    ],
  },
  AuditedThing: {
    type: 'object',
    properties: {
      kind: {
        anyOf: [
          {
            $ref: '#/components/schemas/SubjectKind',
          },
          {
            type: 'string',
            const: 'pair',
          },
        ],
      },
      id: {
        type: 'string',
      },
    },
    required: ['kind', 'id'],
  },
  SubjectKind: {
    description: 'Failed to correctly infer type',
  },
  AuditedActor: {
    type: 'object',
    properties: {
      account: {
        $ref: '#/components/schemas/Counterparty',
      },
      user: {
        type: 'string',
      },
      role: {
        $ref: '#/components/schemas/Role',
      },
      service: {
        type: 'string',
      },
    },
    required: ['account', 'role'],
  },
  JsonObject: {
    type: 'object',
    additionalProperties: {
      $ref: '#/components/schemas/Json',
    },
  },
  Json: {
    anyOf: [
      {
        type: 'null',
      },
      {
        type: 'boolean',
      },
      {
        type: 'integer',
      },
      {
        type: 'string',
      },
      {
        type: 'array',
        items: {
          $ref: '#/components/schemas/Json',
        },
      },
      {
        type: 'object',
        additionalProperties: {
          $ref: '#/components/schemas/Json',
        },
      },
    ],
  },
  AuditDifferences: {
    type: 'object',
    properties: {
      fields: {
        type: 'array',
        items: {
          $ref: '#/components/schemas/FieldDifference',
        },
      },
      lists: {
        type: 'array',
        items: {
          $ref: '#/components/schemas/ListDifference',
        },
      },
      from: {
        $ref: '#/components/schemas/Instant',
      },
      to: {
        $ref: '#/components/schemas/Instant',
      },
    },
    required: ['fields', 'from', 'lists', 'to'],
  },
  FieldDifference: {
    type: 'object',
    properties: {
      pointer: {
        type: 'string',
      },
      before: {
        $ref: '#/components/schemas/Json',
      },
      after: {
        $ref: '#/components/schemas/Json',
      },
    },
    required: ['pointer'],
  },
  ListDifference: {
    type: 'object',
    properties: {
      pointer: {
        type: 'string',
      },
      added: {
        $ref: '#/components/schemas/SomeItems',
      },
      changed: {
        $ref: '#/components/schemas/SomeChanges',
      },
      removed: {
        $ref: '#/components/schemas/SomeItems',
      },
    },
    required: ['pointer', 'added', 'changed', 'removed'],
  },
  SomeItems: {
    type: 'object',
    properties: {
      total: {
        type: 'integer',
      },
      items: {
        type: 'array',
        items: {
          $ref: '#/components/schemas/Json',
        },
      },
    },
    required: ['total', 'items'],
  },
  SomeChanges: {
    type: 'object',
    properties: {
      total: {
        type: 'integer',
      },
      items: {
        type: 'array',
        items: {
          $ref: '#/components/schemas/ItemChange',
        },
      },
    },
    required: ['total', 'items'],
  },
  ItemChange: {
    type: 'object',
    properties: {
      before: {
        $ref: '#/components/schemas/Json',
      },
      after: {
        $ref: '#/components/schemas/Json',
      },
    },
    required: ['before', 'after'],
  },
  AuditStory: {
    type: 'object',
    properties: {
      items: {
        type: 'array',
        items: {
          $ref: '#/components/schemas/AuditEntry',
        },
      },
      nextPageToken: {
        type: 'string',
      },
      total: {
        type: 'integer',
      },
      event: {
        $ref: '#/components/schemas/AuditEntry',
      },
      causes: {
        type: 'array',
        items: {
          $ref: '#/components/schemas/AuditEntry',
        },
      },
    },
    required: ['event', 'items'],
  },
  BuildingView: {
    type: 'object',
    properties: {
      id: {
        type: 'string',
      },
      copiedFrom: {
        $ref: '#/components/schemas/CopySource',
      },
      revision: {
        type: 'integer',
      },
      name: {
        type: 'string',
      },
      address: {
        $ref: '#/components/schemas/Address',
      },
      customerId: {
        type: 'string',
      },
      locationId: {
        type: 'string',
      },
    },
    required: ['customerId', 'id', 'locationId', 'name', 'revision'],
  },
  CopySource: {
    type: 'object',
    properties: {
      shareId: {
        type: 'string',
      },
      id: {
        type: 'string',
      },
    },
    required: ['shareId', 'id'],
  },
  ChangeList: {
    type: 'object',
    properties: {
      items: {
        type: 'array',
        items: {
          $ref: '#/components/schemas/ChangeView',
        },
      },
      nextCursor: {
        type: 'string',
      },
    },
    required: ['items', 'nextCursor'],
  },
  ChangeView: {
    type: 'object',
    properties: {
      id: {
        type: 'string',
      },
      time: {
        $ref: '#/components/schemas/Instant',
      },
      type: {
        $ref: '#/components/schemas/ChangeType',
      },
      subject: {
        $ref: '#/components/schemas/ChangeSubject',
      },
      actor: {
        $ref: '#/components/schemas/ChangeActor',
      },
      sentence: {
        type: 'string',
      },
      data: {
        $ref: '#/components/schemas/JsonObject',
      },
      accounts: {
        type: 'array',
        items: {
          type: 'string',
        },
      },
    },
    required: ['id', 'time', 'type', 'subject', 'actor', 'sentence', 'data'],
  },
  ChangeType: {
    type: 'string',
    enum: [
      'account.registered',
      'account.changed',
      'connection.created',
      'connection.token-reissued',
      'connection.authenticated',
      'connection.renamed',
      'connection.cancelled',
      'connection.ended',
      'customer.added',
      'customer.changed',
      'location.added',
      'location.changed',
      'building.added',
      'building.changed',
      'installation.registered',
      'installation.changed',
      'installation.moved',
      'installation.archived',
      'installation.restored',
      'installation.activity-added',
      'installation.activity-changed',
      'installation.activity-removed',
      'installation.access-granted',
      'installation.access-extended',
      'installation.access-withdrawn',
      'installation.access-blocked',
      'share.requested',
      'share.rejected',
      'share.cancelled',
      'share.approved',
      'share.preparation-started',
      'share.available',
      'share.step-confirmed',
      'share.items-declined',
      'share.items-placed',
      'share.step-imported',
      'share.processed',
      'share.items-withdrawn',
      'share.partly-revoked',
      'share.revoked',
      'share.extended',
      'share.expiry-announced',
      'share.expired',
      'inbox.notification-read',
      'inbox.all-read',
      'import.started',
      'import.file-received',
      'import.failed',
      'import.batch-imported',
      'import.completed',
      'webhook.registered',
      'webhook.changed',
      'webhook.secret-rotated',
      'webhook.enabled',
      'webhook.disabled',
      'webhook.removed',
    ],
  },
  ChangeSubject: {
    type: 'object',
    properties: {
      kind: {
        $ref: '#/components/schemas/SubjectKind',
      },
      id: {
        type: 'string',
      },
    },
    required: ['kind', 'id'],
  },
  ChangeActor: {
    type: 'object',
    properties: {
      account: {
        $ref: '#/components/schemas/Counterparty',
      },
      user: {
        type: 'string',
      },
      role: {
        $ref: '#/components/schemas/Role',
      },
      service: {
        type: 'string',
      },
    },
    required: ['account', 'role'],
  },
  CommandDescriptions: {
    type: 'object',
    properties: {
      items: {
        type: 'array',
        items: {
          $ref: '#/components/schemas/CommandDescription',
        },
      },
    },
    required: ['items'],
  },
  CommandDescription: {
    type: 'object',
    properties: {
      type: {
        type: 'string',
      },
      description: {
        type: 'string',
      },
      schema: {
        $ref: '#/components/schemas/ObjectSchema',
      },
    },
    required: ['type', 'description', 'schema'],
  },
  ObjectSchema: {
    type: 'object',
    properties: {
      title: {
        type: 'string',
      },
      type: {
        type: 'string',
        const: 'object',
      },
      format: {
        type: 'string',
      },
      pattern: {
        type: 'string',
      },
      minLength: {
        type: 'integer',
      },
      maxLength: {
        type: 'integer',
      },
      minimum: {
        type: 'integer',
      },
      maximum: {
        type: 'integer',
      },
      enum: {
        type: 'array',
        items: {
          type: ['string', 'boolean', 'null'],
        },
      },
      items: {
        $ref: '#/components/schemas/Schema',
      },
      minItems: {
        type: 'integer',
      },
      maxItems: {
        type: 'integer',
      },
      uniqueItems: {
        type: 'boolean',
        const: true,
      },
      properties: {
        type: 'object',
        additionalProperties: {
          $ref: '#/components/schemas/Schema',
        },
      },
      required: {
        type: 'array',
        items: {
          type: 'string',
        },
      },
      additionalProperties: {
        type: 'boolean',
        const: false,
      },
      anyOf: {
        type: 'array',
        items: {
          $ref: '#/components/schemas/Schema',
        },
      },
      oneOf: {
        type: 'array',
        items: {
          $ref: '#/components/schemas/Schema',
        },
      },
      not: {
        $ref: '#/components/schemas/Schema',
      },
      dependentRequired: {
        type: 'object',
        additionalProperties: {
          type: 'array',
          items: {
            type: 'string',
          },
        },
      },
    },
    required: ['type', 'properties'],
  },
  Schema: {
    type: 'object',
    properties: {
      title: {
        type: 'string',
      },
      type: {
        anyOf: [
          {
            type: 'string',
          },
          {
            type: 'array',
            items: {
              type: 'string',
            },
          },
        ],
      },
      format: {
        type: 'string',
      },
      pattern: {
        type: 'string',
      },
      minLength: {
        type: 'integer',
      },
      maxLength: {
        type: 'integer',
      },
      minimum: {
        type: 'integer',
      },
      maximum: {
        type: 'integer',
      },
      enum: {
        type: 'array',
        items: {
          type: ['string', 'boolean', 'null'],
        },
      },
      items: {
        $ref: '#/components/schemas/Schema',
      },
      minItems: {
        type: 'integer',
      },
      maxItems: {
        type: 'integer',
      },
      uniqueItems: {
        type: 'boolean',
        const: true,
      },
      properties: {
        type: 'object',
        additionalProperties: {
          $ref: '#/components/schemas/Schema',
        },
      },
      required: {
        type: 'array',
        items: {
          type: 'string',
        },
      },
      additionalProperties: {
        type: 'boolean',
        const: false,
      },
      anyOf: {
        type: 'array',
        items: {
          $ref: '#/components/schemas/Schema',
        },
      },
      oneOf: {
        type: 'array',
        items: {
          $ref: '#/components/schemas/Schema',
        },
      },
      not: {
        $ref: '#/components/schemas/Schema',
      },
      dependentRequired: {
        type: 'object',
        additionalProperties: {
          type: 'array',
          items: {
            type: 'string',
          },
        },
      },
    },
  },
  CommandSent: {
    type: 'object',
    properties: {
      id: {
        type: 'string',
      },
      revision: {
        type: 'integer',
      },
      progress: {
        $ref: '#/components/schemas/RevocationProgress',
      },
      replayed: {
        type: 'boolean',
      },
      token: {
        type: 'string',
      },
      secret: {
        type: 'string',
      },
      deliveryId: {
        type: 'string',
      },
    },
    required: ['id', 'replayed', 'revision'],
  },
  RevocationProgress: {
    type: 'object',
    properties: {
      phase: {
        type: 'string',
        const: 'revoking',
      },
      done: {
        type: 'integer',
      },
      of: {
        type: 'integer',
      },
    },
    required: ['phase', 'done', 'of'],
  },
  ConnectionView: {
    type: 'object',
    properties: {
      id: {
        type: 'string',
      },
      status: {
        type: 'string',
        enum: ['pending', 'cancelled', 'active', 'ended', 'expired'],
      },
      label: {
        type: 'string',
      },
      description: {
        type: 'string',
      },
      counterparty: {
        $ref: '#/components/schemas/Counterparty',
      },
      shares: {
        type: 'object',
        properties: {
          requester: {
            type: 'integer',
          },
          provider: {
            type: 'integer',
          },
        },
        required: ['requester', 'provider'],
      },
      since: {
        $ref: '#/components/schemas/Instant',
      },
      expiresAt: {
        $ref: '#/components/schemas/Instant',
      },
      allowedActions: {
        type: 'array',
        items: {
          $ref: '#/components/schemas/ConnectionAction',
        },
      },
      createdAt: {
        $ref: '#/components/schemas/Instant',
      },
      revision: {
        type: 'integer',
      },
    },
    required: ['id', 'status', 'label', 'shares', 'since', 'allowedActions', 'createdAt', 'revision'],
  },
  ConnectionAction: {
    type: 'string',
    enum: ['rename', 'reissue', 'cancel', 'end'],
  },
  CustomerView: {
    type: 'object',
    properties: {
      id: {
        type: 'string',
      },
      copiedFrom: {
        $ref: '#/components/schemas/CopySource',
      },
      revision: {
        type: 'integer',
      },
      name: {
        type: 'string',
      },
      address: {
        $ref: '#/components/schemas/Address',
      },
      vatNumber: {
        type: 'string',
      },
      internalName: {
        type: 'string',
      },
      customerNumber: {
        type: 'string',
      },
      region: {
        type: 'string',
      },
      language: {
        type: 'string',
      },
      contact: {
        type: 'string',
      },
      labels: {
        type: 'array',
        items: {
          type: 'string',
        },
      },
    },
    required: ['address', 'id', 'name', 'revision'],
  },
  DashboardView: {
    type: 'object',
    properties: {
      asOf: {
        $ref: '#/components/schemas/Instant',
      },
      unread: {
        type: 'integer',
      },
      shares: {
        type: 'object',
        properties: {
          requester: {
            type: 'object',
            additionalProperties: {
              type: 'integer',
            },
          },
          provider: {
            type: 'object',
            additionalProperties: {
              type: 'integer',
            },
          },
        },
        required: ['requester', 'provider'],
      },
      waiting: {
        type: 'array',
        items: {
          $ref: '#/components/schemas/WaitingShares',
        },
      },
      closingWindows: {
        type: 'array',
        items: {
          $ref: '#/components/schemas/ClosingWindow',
        },
      },
      endingShares: {
        type: 'array',
        items: {
          $ref: '#/components/schemas/EndingShare',
        },
      },
      installations: {
        type: 'object',
        additionalProperties: {
          type: 'integer',
        },
      },
      series: {
        type: 'array',
        items: {
          $ref: '#/components/schemas/DashboardDay',
        },
      },
      answers: {
        type: 'object',
        properties: {
          requester: {
            $ref: '#/components/schemas/AnswerTimes',
          },
          provider: {
            $ref: '#/components/schemas/AnswerTimes',
          },
        },
        required: ['requester', 'provider'],
      },
    },
    required: [
      'asOf',
      'unread',
      'shares',
      'waiting',
      'closingWindows',
      'endingShares',
      'installations',
      'series',
      'answers',
    ],
  },
  WaitingShares: {
    type: 'object',
    properties: {
      role: {
        $ref: '#/components/schemas/ShareSide',
      },
      status: {
        $ref: '#/components/schemas/PartyStatus',
      },
      count: {
        type: 'integer',
      },
      oldest: {
        type: 'object',
        properties: {
          shareId: {
            type: 'string',
          },
          since: {
            $ref: '#/components/schemas/Instant',
          },
          ageMs: {
            type: 'integer',
          },
        },
        required: ['shareId', 'since', 'ageMs'],
      },
    },
    required: ['role', 'status', 'count'],
  },
  ShareSide: {
    type: 'string',
    enum: ['requester', 'provider'],
  },
  PartyStatus: {
    anyOf: [
      {
        $ref: '#/components/schemas/ShareStatus',
      },
      {
        type: 'string',
        const: 'to-evaluate',
      },
    ],
  },
  ShareStatus: {
    type: 'string',
    enum: [
      'requested',
      'rejected',
      'cancelled',
      'approved',
      'preparing',
      'available',
      'processed',
      'revoked',
      'expired',
    ],
  },
  ClosingWindow: {
    type: 'object',
    properties: {
      shareId: {
        type: 'string',
      },
      name: {
        type: 'string',
      },
      counterparty: {
        $ref: '#/components/schemas/Counterparty',
      },
      closesAt: {
        $ref: '#/components/schemas/Instant',
      },
      installations: {
        type: 'integer',
      },
    },
    required: ['shareId', 'name', 'counterparty', 'closesAt', 'installations'],
  },
  EndingShare: {
    type: 'object',
    properties: {
      shareId: {
        type: 'string',
      },
      name: {
        type: 'string',
      },
      role: {
        $ref: '#/components/schemas/ShareSide',
      },
      counterparty: {
        $ref: '#/components/schemas/Counterparty',
      },
      expiresAt: {
        $ref: '#/components/schemas/Instant',
      },
    },
    required: ['shareId', 'name', 'role', 'counterparty', 'expiresAt'],
  },
  DashboardDay: {
    type: 'object',
    properties: {
      day: {
        type: 'string',
      },
      role: {
        $ref: '#/components/schemas/ShareSide',
      },
      milestones: {
        type: 'object',
        properties: {
          requested: {
            type: 'object',
            properties: {
              count: {
                type: 'integer',
              },
              averageMs: {
                type: 'integer',
              },
            },
            required: ['count'],
          },
          approved: {
            type: 'object',
            properties: {
              count: {
                type: 'integer',
              },
              averageMs: {
                type: 'integer',
              },
            },
            required: ['count'],
          },
          rejected: {
            type: 'object',
            properties: {
              count: {
                type: 'integer',
              },
              averageMs: {
                type: 'integer',
              },
            },
            required: ['count'],
          },
          cancelled: {
            type: 'object',
            properties: {
              count: {
                type: 'integer',
              },
              averageMs: {
                type: 'integer',
              },
            },
            required: ['count'],
          },
          available: {
            type: 'object',
            properties: {
              count: {
                type: 'integer',
              },
              averageMs: {
                type: 'integer',
              },
            },
            required: ['count'],
          },
          processed: {
            type: 'object',
            properties: {
              count: {
                type: 'integer',
              },
              averageMs: {
                type: 'integer',
              },
            },
            required: ['count'],
          },
          revoked: {
            type: 'object',
            properties: {
              count: {
                type: 'integer',
              },
              averageMs: {
                type: 'integer',
              },
            },
            required: ['count'],
          },
          expired: {
            type: 'object',
            properties: {
              count: {
                type: 'integer',
              },
              averageMs: {
                type: 'integer',
              },
            },
            required: ['count'],
          },
        },
      },
    },
    required: ['day', 'role', 'milestones'],
  },
  AnswerTimes: {
    type: 'object',
    properties: {
      count: {
        type: 'integer',
      },
      medianMs: {
        type: 'integer',
      },
    },
    required: ['count'],
  },
  DeliveryView: {
    type: 'object',
    properties: {
      id: {
        type: 'string',
      },
      changeId: {
        type: 'string',
      },
      type: {
        type: 'string',
      },
      subject: {
        type: 'object',
        properties: {
          kind: {
            type: 'string',
          },
          id: {
            type: 'string',
          },
        },
        required: ['kind', 'id'],
      },
      status: {
        $ref: '#/components/schemas/DeliveryStatus',
      },
      attempts: {
        type: 'array',
        items: {
          $ref: '#/components/schemas/DeliveryAttempt',
        },
      },
      nextAttemptAt: {
        $ref: '#/components/schemas/Instant',
      },
      endedAt: {
        $ref: '#/components/schemas/Instant',
      },
      cursor: {
        type: 'string',
      },
    },
    required: ['id', 'changeId', 'type', 'subject', 'status', 'attempts', 'cursor'],
  },
  DeliveryStatus: {
    type: 'string',
    enum: ['pending', 'delivered', 'failed'],
  },
  DeliveryAttempt: {
    type: 'object',
    properties: {
      at: {
        $ref: '#/components/schemas/Instant',
      },
      durationMs: {
        type: 'integer',
      },
      responseStatus: {
        type: 'integer',
      },
      error: {
        $ref: '#/components/schemas/DeliveryError',
      },
    },
    required: ['at', 'durationMs'],
  },
  DeliveryError: {
    type: 'string',
    enum: [
      'address-refused',
      'name-not-found',
      'connection-failed',
      'certificate-invalid',
      'timed-out',
      'not-available',
    ],
  },
  DryRunAnswer: {
    type: 'object',
    properties: {
      events: {
        type: 'array',
        items: {
          $ref: '#/components/schemas/AnnouncedEvent',
        },
      },
      answer: {
        type: 'object',
        properties: {
          status: {
            type: 'integer',
          },
          body: {
            type: 'object',
          },
        },
        required: ['status', 'body'],
      },
    },
    required: ['events', 'answer'],
  },
  AnnouncedEvent: {
    type: 'object',
    properties: {
      type: {
        type: 'string',
        enum: [
          'AccountRegistered',
          'AccountDetailsChanged',
          'ConnectionCreated',
          'ConnectionTokenReissued',
          'ConnectionTokenUsed',
          'ConnectionAuthenticated',
          'ConnectionRenamed',
          'ConnectionCancelled',
          'ConnectionEnded',
          'ConnectionPairClaimed',
          'CustomerAdded',
          'CustomerChanged',
          'LocationAdded',
          'LocationChanged',
          'BuildingAdded',
          'BuildingChanged',
          'InstallationRegistered',
          'InstallationPropertiesChanged',
          'InstallationMoved',
          'InstallationArchived',
          'InstallationRestored',
          'ActivityAdded',
          'ActivityChanged',
          'ActivityRemoved',
          'InstallationAccessGranted',
          'InstallationAccessExtended',
          'InstallationAccessWithdrawn',
          'InstallationAccessBlocked',
          'ShareRequested',
          'ShareRejected',
          'ShareCancelled',
          'ShareApproved',
          'SharePreparationStarted',
          'SharePackageBatchCollected',
          'SharePackageCompleted',
          'ShareProcessingConfirmed',
          'ShareInstallationsConfirmed',
          'ShareItemsDeclined',
          'ShareItemsPlaced',
          'ShareStepImported',
          'ShareProcessed',
          'ShareItemsWithdrawn',
          'SharePartlyRevoked',
          'ShareRevoked',
          'ShareExtended',
          'ShareExpiryAnnounced',
          'ShareExpired',
          'NotificationRead',
          'AllNotificationsRead',
          'CatalogueImportStarted',
          'CatalogueRowsReceived',
          'CatalogueFileReceived',
          'CatalogueImportFailed',
          'CatalogueBatchJudged',
          'CatalogueBatchImported',
          'CatalogueImportCompleted',
          'WebhookRegistered',
          'WebhookChanged',
          'WebhookSecretRotated',
          'WebhookEnabled',
          'WebhookDisabled',
          'WebhookReplayRequested',
          'WebhookTestRequested',
          'WebhookRetryRequested',
          'WebhookRemoved',
          'DataSubjectErasureRequested',
          'DataSubjectErased',
          'FlowResumed',
          'CommandHadNoEffect',
        ],
      },
      subject: {
        type: 'object',
        properties: {
          kind: {
            type: 'string',
          },
          id: {
            type: 'string',
          },
        },
        required: ['kind', 'id'],
      },
      sentence: {
        type: 'string',
      },
      data: {
        $ref: '#/components/schemas/JsonObject',
      },
    },
    required: ['type', 'subject', 'sentence', 'data'],
  },
  ErasureView: {
    type: 'object',
    properties: {
      id: {
        type: 'string',
      },
      status: {
        type: 'string',
        enum: ['erasing', 'erased'],
      },
      reason: {
        $ref: '#/components/schemas/ErasureReason',
      },
      requestedAt: {
        $ref: '#/components/schemas/Instant',
      },
      erasedAt: {
        $ref: '#/components/schemas/Instant',
      },
      revision: {
        type: 'integer',
      },
    },
    required: ['id', 'status', 'requestedAt', 'revision'],
  },
  ErasureReason: {
    type: 'string',
    enum: ['requested', 'no-longer-needed', 'recorded-in-error'],
  },
  EvidencePack: {
    type: 'object',
    properties: {
      format: {
        type: 'string',
        const: 'tessera-evidence/1',
      },
      statement: {
        $ref: '#/components/schemas/EvidenceStatement',
      },
      events: {
        type: 'array',
        items: {
          $ref: '#/components/schemas/ProvenEvent',
        },
      },
      checkpoint: {
        type: 'string',
      },
      keys: {
        type: 'array',
        items: {
          type: 'string',
        },
      },
    },
    required: ['format', 'statement', 'events', 'checkpoint', 'keys'],
  },
  EvidenceStatement: {
    type: 'object',
    properties: {
      words: {
        type: 'string',
      },
      account: {
        $ref: '#/components/schemas/StatedName',
      },
      installation: {
        type: 'string',
      },
      revision: {
        type: 'integer',
      },
      at: {
        $ref: '#/components/schemas/Instant',
      },
      access: {
        type: 'array',
        items: {
          $ref: '#/components/schemas/StatedAccess',
        },
      },
    },
    required: ['words', 'account', 'installation', 'revision', 'at', 'access'],
  },
  StatedName: {
    type: 'object',
    properties: {
      id: {
        type: 'string',
      },
      name: {
        type: 'string',
      },
    },
    required: ['id'],
  },
  StatedAccess: {
    type: 'object',
    properties: {
      type: {
        anyOf: [
          {
            type: 'string',
            const: 'root',
          },
          {
            $ref: '#/components/schemas/AccessType',
          },
        ],
      },
      from: {
        $ref: '#/components/schemas/Instant',
      },
      until: {
        $ref: '#/components/schemas/Instant',
      },
      grants: {
        type: 'array',
        items: {
          $ref: '#/components/schemas/StatedGrant',
        },
      },
      authorisedBy: {
        $ref: '#/components/schemas/StatedAuthorisation',
      },
    },
    required: ['type', 'from', 'grants'],
  },
  StatedGrant: {
    type: 'object',
    properties: {
      grantId: {
        type: 'string',
      },
      shareId: {
        type: 'string',
      },
      type: {
        $ref: '#/components/schemas/AccessType',
      },
      giver: {
        $ref: '#/components/schemas/StatedName',
      },
      holder: {
        $ref: '#/components/schemas/StatedName',
      },
      from: {
        $ref: '#/components/schemas/Instant',
      },
      until: {
        $ref: '#/components/schemas/Instant',
      },
      authorisedBy: {
        $ref: '#/components/schemas/StatedAuthorisation',
      },
    },
    required: ['grantId', 'shareId', 'type', 'giver', 'holder', 'from', 'authorisedBy'],
  },
  StatedAuthorisation: {
    type: 'object',
    properties: {
      account: {
        $ref: '#/components/schemas/StatedName',
      },
      user: {
        type: 'string',
      },
      role: {
        $ref: '#/components/schemas/Role',
      },
      service: {
        type: 'string',
      },
      at: {
        $ref: '#/components/schemas/Instant',
      },
      command: {
        type: 'string',
      },
    },
    required: ['account', 'role', 'at', 'command'],
  },
  ProvenEvent: {
    type: 'object',
    properties: {
      index: {
        type: 'integer',
      },
      leaf: {
        type: 'string',
      },
      proof: {
        type: 'array',
        items: {
          type: 'string',
        },
      },
    },
    required: ['index', 'leaf', 'proof'],
  },
  GivenOfCustomer: {
    type: 'object',
    properties: {
      customer: {
        $ref: '#/components/schemas/NamedCustomer',
      },
      installations: {
        type: 'integer',
      },
    },
    required: ['customer', 'installations'],
  },
  GivenToAccount: {
    type: 'object',
    properties: {
      account: {
        $ref: '#/components/schemas/Counterparty',
      },
      installations: {
        type: 'integer',
      },
    },
    required: ['account', 'installations'],
  },
  GrantView: {
    type: 'object',
    properties: {
      id: {
        type: 'string',
      },
      shareId: {
        type: 'string',
      },
      giver: {
        $ref: '#/components/schemas/Counterparty',
      },
      holder: {
        $ref: '#/components/schemas/Counterparty',
      },
      accessType: {
        $ref: '#/components/schemas/AccessType',
      },
      documentIdentity: {
        $ref: '#/components/schemas/DocumentIdentity',
      },
      grantedAt: {
        $ref: '#/components/schemas/Instant',
      },
      revocableUntil: {
        anyOf: [
          {
            $ref: '#/components/schemas/Instant',
          },
          {
            type: 'string',
            const: 'any-time',
          },
        ],
      },
      expiresAt: {
        $ref: '#/components/schemas/Instant',
      },
      withdrawal: {
        $ref: '#/components/schemas/WithdrawalView',
      },
      allowedActions: {
        type: 'array',
        items: {
          $ref: '#/components/schemas/GrantAction',
        },
      },
    },
    required: [
      'id',
      'shareId',
      'giver',
      'holder',
      'accessType',
      'documentIdentity',
      'grantedAt',
      'allowedActions',
    ],
  },
  WithdrawalView: {
    type: 'object',
    properties: {
      kind: {
        type: 'string',
        enum: ['revoked', 'returned', 'cascade', 'expired', 'refused'],
      },
      at: {
        $ref: '#/components/schemas/Instant',
      },
      account: {
        type: 'string',
      },
      reason: {
        type: 'string',
      },
      code: {
        $ref: '#/components/schemas/GrantRefusal',
      },
    },
    required: ['kind', 'at'],
  },
  GrantAction: {
    type: 'string',
    enum: ['revoke', 'return'],
  },
  ImportPreview: {
    type: 'object',
    properties: {
      rows: {
        type: 'integer',
      },
      imported: {
        type: 'integer',
      },
      created: {
        type: 'integer',
      },
      updated: {
        type: 'integer',
      },
      unchanged: {
        type: 'integer',
      },
      failed: {
        type: 'integer',
      },
      errors: {
        type: 'array',
        items: {
          $ref: '#/components/schemas/RowError',
        },
      },
      columns: {
        type: 'array',
        items: {
          $ref: '#/components/schemas/ImportColumn',
        },
      },
    },
    required: ['columns', 'created', 'errors', 'failed', 'imported', 'rows', 'unchanged', 'updated'],
  },
  RowError: {
    type: 'object',
    properties: {
      row: {
        type: 'integer',
      },
      column: {
        type: 'string',
      },
      code: {
        type: 'string',
      },
      detail: {
        type: 'string',
      },
    },
    required: ['row', 'column', 'code', 'detail'],
  },
  ImportColumn: {
    type: 'object',
    properties: {
      name: {
        type: 'string',
      },
      filled: {
        type: 'integer',
      },
    },
    required: ['name', 'filled'],
  },
  ImportStarted: {
    type: 'object',
    properties: {
      id: {
        type: 'string',
      },
    },
    required: ['id'],
  },
  ImportView: {
    type: 'object',
    properties: {
      id: {
        type: 'string',
      },
      status: {
        type: 'string',
        enum: ['running', 'completed', 'failed'],
      },
      rows: {
        type: 'integer',
      },
      imported: {
        type: 'integer',
      },
      created: {
        type: 'integer',
      },
      updated: {
        type: 'integer',
      },
      unchanged: {
        type: 'integer',
      },
      failed: {
        type: 'integer',
      },
      errors: {
        type: 'array',
        items: {
          $ref: '#/components/schemas/RowError',
        },
      },
      nextPageToken: {
        type: 'string',
      },
      failure: {
        type: 'object',
        properties: {
          code: {
            type: 'string',
          },
          detail: {
            type: 'string',
          },
        },
        required: ['code', 'detail'],
      },
      startedAt: {
        $ref: '#/components/schemas/Instant',
      },
      completedAt: {
        $ref: '#/components/schemas/Instant',
      },
    },
    required: [
      'id',
      'status',
      'rows',
      'imported',
      'created',
      'updated',
      'unchanged',
      'failed',
      'errors',
      'startedAt',
    ],
  },
  InboxView: {
    type: 'object',
    properties: {
      items: {
        type: 'array',
        items: {
          $ref: '#/components/schemas/NotificationView',
        },
      },
      nextPageToken: {
        type: 'string',
      },
      total: {
        type: 'integer',
      },
      unread: {
        type: 'integer',
      },
    },
    required: ['items', 'unread'],
  },
  NotificationView: {
    type: 'object',
    properties: {
      id: {
        type: 'string',
      },
      kind: {
        $ref: '#/components/schemas/NotificationKind',
      },
      shareId: {
        type: 'string',
      },
      connectionId: {
        type: 'string',
      },
      webhookId: {
        type: 'string',
      },
      at: {
        $ref: '#/components/schemas/Instant',
      },
      read: {
        type: 'boolean',
      },
      text: {
        type: 'string',
      },
    },
    required: ['id', 'kind', 'at', 'read', 'text'],
  },
  NotificationKind: {
    type: 'string',
    enum: [
      'connection-active',
      'connection-ended',
      'share-requested',
      'share-cancelled',
      'share-rejected',
      'share-available',
      'share-processed',
      'share-partly-revoked',
      'share-revoked',
      'share-extended',
      'share-expiring',
      'share-expired',
      'access-withdrawn',
      'access-returned',
      'access-refused',
      'webhook-disabled',
    ],
  },
  InstallationView: {
    type: 'object',
    properties: {
      notes: {
        type: 'string',
      },
      components: {
        type: 'array',
        items: {
          $ref: '#/components/schemas/Component',
        },
      },
      serialNumber: {
        type: 'string',
      },
      brand: {
        type: 'string',
      },
      model: {
        type: 'string',
      },
      type: {
        $ref: '#/components/schemas/InstallationType',
      },
      refrigerant: {
        type: 'string',
      },
      chargeKg: {
        $ref: '#/components/schemas/Amount',
      },
      capacityKw: {
        $ref: '#/components/schemas/Amount',
      },
      hermeticallySealed: {
        type: 'boolean',
      },
      leakDetection: {
        type: 'boolean',
      },
      commissionedOn: {
        type: 'string',
      },
      id: {
        type: 'string',
      },
      token: {
        type: 'string',
      },
      customerId: {
        type: 'string',
      },
      locationId: {
        type: 'string',
      },
      buildingId: {
        type: 'string',
      },
      place: {
        $ref: '#/components/schemas/PlaceNames',
      },
      reference: {
        type: 'string',
      },
      customerReference: {
        type: 'string',
      },
      co2eTonnes: {
        $ref: '#/components/schemas/Amount',
      },
      archived: {
        type: 'boolean',
      },
      access: {
        $ref: '#/components/schemas/AccessView',
      },
      allowedActions: {
        type: 'array',
        items: {
          $ref: '#/components/schemas/AccessAction',
        },
      },
      revision: {
        type: 'integer',
      },
    },
    required: [
      'access',
      'allowedActions',
      'archived',
      'customerId',
      'id',
      'locationId',
      'place',
      'reference',
      'revision',
      'token',
    ],
  },
  Component: {
    type: 'object',
    properties: {
      name: {
        type: 'string',
      },
      serialNumber: {
        type: 'string',
      },
      brand: {
        type: 'string',
      },
      model: {
        type: 'string',
      },
      notes: {
        type: 'string',
      },
    },
    required: ['name'],
  },
  PlaceNames: {
    type: 'object',
    properties: {
      customer: {
        type: 'string',
      },
      location: {
        type: 'string',
      },
      building: {
        type: 'string',
      },
    },
  },
  AccessView: {
    type: 'object',
    properties: {
      type: {
        anyOf: [
          {
            type: 'string',
            const: 'root',
          },
          {
            $ref: '#/components/schemas/AccessType',
          },
        ],
      },
      via: {
        type: 'string',
      },
      shareId: {
        type: 'string',
      },
      grantId: {
        type: 'string',
      },
      since: {
        $ref: '#/components/schemas/Instant',
      },
      revocableUntil: {
        anyOf: [
          {
            $ref: '#/components/schemas/Instant',
          },
          {
            type: 'string',
            const: 'any-time',
          },
        ],
      },
      expiresAt: {
        $ref: '#/components/schemas/Instant',
      },
      endedAt: {
        $ref: '#/components/schemas/Instant',
      },
      readableAsOf: {
        $ref: '#/components/schemas/Instant',
      },
    },
    required: ['type', 'since'],
  },
  AccessAction: {
    type: 'string',
    enum: [
      'read',
      'change-properties',
      'add-activity',
      'archive',
      'give-operator',
      'give-installation-manager',
      'give-subcontractor',
      'give-on-loan',
    ],
  },
  IssuedToken: {
    type: 'object',
    properties: {
      id: {
        type: 'string',
      },
      revision: {
        type: 'integer',
      },
      progress: {
        $ref: '#/components/schemas/RevocationProgress',
      },
      token: {
        type: 'string',
      },
      expiresAt: {
        type: 'string',
      },
    },
    required: ['expiresAt', 'id', 'revision'],
  },
  LeftOutView: {
    type: 'object',
    properties: {
      installationId: {
        type: 'string',
      },
      code: {
        $ref: '#/components/schemas/LeftOutCode',
      },
    },
    required: ['installationId', 'code'],
  },
  ListedAccount: {
    type: 'object',
    properties: {
      id: {
        type: 'string',
      },
      kind: {
        $ref: '#/components/schemas/AccountKind',
      },
      name: {
        type: 'string',
      },
      company: {
        $ref: '#/components/schemas/CompanyDetails',
      },
    },
    required: ['id', 'kind', 'name', 'company'],
  },
  ListedImport: {
    type: 'object',
    properties: {
      id: {
        type: 'string',
      },
      status: {
        type: 'string',
        enum: ['running', 'completed', 'failed'],
      },
      rows: {
        type: 'integer',
      },
      imported: {
        type: 'integer',
      },
      created: {
        type: 'integer',
      },
      updated: {
        type: 'integer',
      },
      unchanged: {
        type: 'integer',
      },
      failed: {
        type: 'integer',
      },
      failure: {
        type: 'object',
        properties: {
          code: {
            type: 'string',
          },
          detail: {
            type: 'string',
          },
        },
        required: ['code', 'detail'],
      },
      startedAt: {
        $ref: '#/components/schemas/Instant',
      },
      completedAt: {
        $ref: '#/components/schemas/Instant',
      },
    },
    required: ['id', 'status', 'rows', 'imported', 'created', 'updated', 'unchanged', 'failed', 'startedAt'],
  },
  ListedInstallation: {
    type: 'object',
    properties: {
      serialNumber: {
        type: 'string',
      },
      brand: {
        type: 'string',
      },
      model: {
        type: 'string',
      },
      type: {
        $ref: '#/components/schemas/InstallationType',
      },
      refrigerant: {
        type: 'string',
      },
      chargeKg: {
        $ref: '#/components/schemas/Amount',
      },
      capacityKw: {
        $ref: '#/components/schemas/Amount',
      },
      hermeticallySealed: {
        type: 'boolean',
      },
      leakDetection: {
        type: 'boolean',
      },
      commissionedOn: {
        type: 'string',
      },
      id: {
        type: 'string',
      },
      token: {
        type: 'string',
      },
      customerId: {
        type: 'string',
      },
      locationId: {
        type: 'string',
      },
      buildingId: {
        type: 'string',
      },
      place: {
        $ref: '#/components/schemas/PlaceNames',
      },
      reference: {
        type: 'string',
      },
      customerReference: {
        type: 'string',
      },
      co2eTonnes: {
        $ref: '#/components/schemas/Amount',
      },
      archived: {
        type: 'boolean',
      },
      access: {
        $ref: '#/components/schemas/AccessView',
      },
    },
    required: ['id', 'token', 'customerId', 'locationId', 'place', 'reference', 'archived', 'access'],
  },
  LocationView: {
    type: 'object',
    properties: {
      id: {
        type: 'string',
      },
      copiedFrom: {
        $ref: '#/components/schemas/CopySource',
      },
      revision: {
        type: 'integer',
      },
      name: {
        type: 'string',
      },
      address: {
        $ref: '#/components/schemas/Address',
      },
      region: {
        type: 'string',
      },
      customerId: {
        type: 'string',
      },
    },
    required: ['address', 'customerId', 'id', 'name', 'revision'],
  },
  OwnAccountView: {
    type: 'object',
    properties: {
      id: {
        type: 'string',
      },
      kind: {
        $ref: '#/components/schemas/AccountKind',
      },
      name: {
        type: 'string',
      },
      company: {
        $ref: '#/components/schemas/CompanyDetails',
      },
      user: {
        type: 'string',
      },
      roles: {
        type: 'array',
        items: {
          $ref: '#/components/schemas/Role',
        },
      },
      unread: {
        type: 'integer',
      },
      revision: {
        type: 'integer',
      },
    },
    required: ['id', 'kind', 'name', 'company', 'user', 'roles', 'unread', 'revision'],
  },
  PackageItemView: {
    type: 'object',
    properties: {
      state: {
        $ref: '#/components/schemas/ShownState',
      },
      stepId: {
        type: 'string',
      },
      placedAt: {
        $ref: '#/components/schemas/Instant',
      },
      revocableUntil: {
        anyOf: [
          {
            $ref: '#/components/schemas/Instant',
          },
          {
            type: 'string',
            const: 'any-time',
          },
        ],
      },
      withdrawal: {
        $ref: '#/components/schemas/WithdrawalView',
      },
      token: {
        type: 'string',
      },
      reference: {
        type: 'string',
      },
      customerReference: {
        type: 'string',
      },
      properties: {
        type: 'object',
        properties: {
          serialNumber: {
            type: 'string',
          },
          brand: {
            type: 'string',
          },
          model: {
            type: 'string',
          },
          type: {
            $ref: '#/components/schemas/InstallationType',
          },
          refrigerant: {
            type: 'string',
          },
          chargeKg: {
            $ref: '#/components/schemas/Amount',
          },
          capacityKw: {
            $ref: '#/components/schemas/Amount',
          },
          hermeticallySealed: {
            type: 'boolean',
          },
          leakDetection: {
            type: 'boolean',
          },
          commissionedOn: {
            type: 'string',
          },
        },
      },
      customer: {
        $ref: '#/components/schemas/PackagedCustomer',
      },
      location: {
        $ref: '#/components/schemas/PackagedLocation',
      },
      building: {
        $ref: '#/components/schemas/PackagedBuilding',
      },
      installationId: {
        type: 'string',
      },
    },
    required: ['installationId', 'state'],
  },
  ShownState: {
    type: 'string',
    enum: ['offered', 'placed', 'declined', 'withdrawn'],
  },
  PackagedCustomer: {
    type: 'object',
    properties: {
      id: {
        type: 'string',
      },
      name: {
        type: 'string',
      },
      vatNumber: {
        type: 'string',
      },
      address: {
        $ref: '#/components/schemas/Address',
      },
    },
    required: ['id', 'name', 'address'],
  },
  PackagedLocation: {
    type: 'object',
    properties: {
      id: {
        type: 'string',
      },
      name: {
        type: 'string',
      },
      address: {
        $ref: '#/components/schemas/Address',
      },
      region: {
        type: 'string',
      },
    },
    required: ['id', 'name', 'address'],
  },
  PackagedBuilding: {
    type: 'object',
    properties: {
      id: {
        type: 'string',
      },
      name: {
        type: 'string',
      },
      address: {
        $ref: '#/components/schemas/Address',
      },
    },
    required: ['id', 'name'],
  },
  Problem: {
    type: 'object',
    properties: {
      type: {
        type: 'string',
      },
      title: {
        type: 'string',
      },
      status: {
        type: 'integer',
      },
      detail: {
        type: 'string',
      },
      code: {
        type: 'string',
        enum: [
          'access-expired',
          'access-type-not-givable',
          'access-type-not-receivable',
          'access-withdrawn',
          'account-not-found',
          'account-not-registered',
          'already-connected',
          'already-exists',
          'already-shared',
          'batch-not-judged',
          'batch-out-of-order',
          'batch-too-large',
          'beyond-the-checkpoint',
          'building-elsewhere',
          'building-never-moves',
          'clock-out-of-range',
          'connection-ended',
          'connection-not-active',
          'connection-not-pending',
          'contended',
          'created-id-not-unique',
          'cross-site',
          'customer-not-found',
          'customer-target-missing',
          'document-identity-not-applicable',
          'event-store-full',
          'event-store-unavailable',
          'expectation-failed',
          'explanation-length',
          'headers-too-large',
          'id-in-use',
          'idempotency-key-reused',
          'import-not-importing',
          'import-not-receiving',
          'internal-error',
          'invalid-command',
          'invalid-consistency-token',
          'invalid-cursor',
          'invalid-header',
          'invalid-host',
          'invalid-idempotency-key',
          'invalid-if-match',
          'invalid-page-token',
          'invalid-parameter',
          'invalid-query',
          'invalid-request',
          'invalid-session',
          'invalid-token',
          'issuer-unavailable',
          'item-named-twice',
          'item-not-confirmed',
          'item-not-in-share',
          'item-not-offered',
          'location-never-moves',
          'location-not-found',
          'location-target-missing',
          'malformed-csv',
          'malformed-http',
          'malformed-ndjson',
          'malformed-request',
          'method-not-allowed',
          'name-length',
          'no-role',
          'not-found',
          'not-signed-in',
          'not-the-giver',
          'not-the-provider',
          'not-the-requester',
          'not-utf-8',
          'not-yet-sealed',
          'not-your-activity',
          'not-yours',
          'nothing-to-erase',
          'nothing-to-share',
          'object',
          'other-session',
          'overloaded',
          'own-connection',
          'package-incomplete',
          'package-not-available',
          'place-missing',
          'repeated-parameter',
          'replaces-itself',
          'request-timeout',
          'requester-above',
          'revocation-window-closed',
          'role-not-allowed',
          'selection-not-found',
          'selection-not-shareable',
          'selection-not-unique',
          'selection-size',
          'session-expired',
          'session-header-missing',
          'share-expired',
          'share-not-approved',
          'share-not-available',
          'share-not-preparing',
          'share-not-requested',
          'share-without-end',
          'source-already-placed',
          'source-not-in-package',
          'stale-revision',
          'step-empty',
          'step-not-in-share',
          'step-not-placed',
          'step-too-large',
          'stopping',
          'string',
          'target-not-found',
          'token-expired',
          'token-invalid',
          'token-not-new',
          'too-large',
          'too-many-bad-tokens',
          'too-many-files',
          'too-many-listeners',
          'too-many-requests',
          'too-many-secrets',
          'too-many-webhooks',
          'too-much-evidence',
          'unknown-command',
          'unknown-event',
          'unsupported-media-type',
          'until-not-ahead',
          'until-not-later',
          'until-too-far',
          'upload-broken-off',
          'view-behind',
          'view-store-unavailable',
          'webhook-url-refused',
          'wrong-subject',
        ],
      },
      errors: {
        type: 'array',
        items: {
          $ref: '#/components/schemas/RefusalDetail',
        },
      },
      currentStatus: {
        type: 'string',
      },
      allowedActions: {
        type: 'array',
        items: {
          type: 'string',
        },
      },
    },
    required: ['type', 'title', 'status', 'detail', 'code'],
  },
  RefusalDetail: {
    type: 'object',
    properties: {
      pointer: {
        type: 'string',
      },
      code: {
        type: 'string',
      },
      detail: {
        type: 'string',
      },
    },
    required: ['pointer', 'code', 'detail'],
  },
  ProcessingPlan: {
    type: 'object',
    properties: {
      customers: {
        type: 'array',
        items: {
          $ref: '#/components/schemas/PlannedCustomer',
        },
      },
      locations: {
        type: 'array',
        items: {
          $ref: '#/components/schemas/PlannedLocation',
        },
      },
      installations: {
        type: 'array',
        items: {
          $ref: '#/components/schemas/PlannedInstallation',
        },
      },
      nextPageToken: {
        type: 'string',
      },
    },
    required: ['customers', 'locations', 'installations'],
  },
  PlannedCustomer: {
    type: 'object',
    properties: {
      action: {
        type: 'string',
        enum: ['link', 'create', 'placed'],
      },
      score: {
        $ref: '#/components/schemas/Score',
      },
      reason: {
        anyOf: [
          {
            $ref: '#/components/schemas/MatchReason',
          },
          {
            type: 'string',
            const: 'no-match',
          },
          {
            type: 'string',
            const: 'confirmed-before',
          },
        ],
      },
      proposed: {
        $ref: '#/components/schemas/AskedCustomerTarget',
      },
      match: {
        type: 'object',
        properties: {
          id: {
            type: 'string',
          },
          name: {
            type: 'string',
          },
        },
        required: ['id', 'name'],
      },
      source: {
        type: 'string',
      },
      name: {
        type: 'string',
      },
      vatNumber: {
        type: 'string',
      },
      address: {
        $ref: '#/components/schemas/Address',
      },
    },
    required: ['action', 'address', 'name', 'reason', 'score', 'source'],
  },
  Score: {
    type: 'number',
    minimum: 0,
    maximum: 1,
  },
  MatchReason: {
    type: 'string',
    enum: [
      'copied-before',
      'vat-number',
      'name-and-address',
      'similar-name-and-address',
      'address',
      'name',
      'token',
      'serial-number',
    ],
  },
  AskedCustomerTarget: {
    type: 'object',
    properties: {
      create: {
        type: 'boolean',
        const: true,
      },
      customerId: {
        type: 'string',
      },
    },
  },
  PlannedLocation: {
    type: 'object',
    properties: {
      action: {
        type: 'string',
        enum: ['link', 'create', 'placed'],
      },
      score: {
        $ref: '#/components/schemas/Score',
      },
      reason: {
        anyOf: [
          {
            $ref: '#/components/schemas/MatchReason',
          },
          {
            type: 'string',
            const: 'no-match',
          },
          {
            type: 'string',
            const: 'confirmed-before',
          },
        ],
      },
      proposed: {
        $ref: '#/components/schemas/AskedLocationTarget',
      },
      match: {
        type: 'object',
        properties: {
          id: {
            type: 'string',
          },
          name: {
            type: 'string',
          },
        },
        required: ['id', 'name'],
      },
      source: {
        type: 'string',
      },
      customer: {
        type: 'string',
      },
      name: {
        type: 'string',
      },
      address: {
        $ref: '#/components/schemas/Address',
      },
    },
    required: ['action', 'address', 'name', 'reason', 'score', 'source'],
  },
  AskedLocationTarget: {
    type: 'object',
    properties: {
      create: {
        type: 'boolean',
        const: true,
      },
      customerId: {
        type: 'string',
      },
      locationId: {
        type: 'string',
      },
    },
  },
  PlannedInstallation: {
    type: 'object',
    properties: {
      action: {
        type: 'string',
        enum: ['link', 'create', 'placed'],
      },
      score: {
        $ref: '#/components/schemas/Score',
      },
      reason: {
        anyOf: [
          {
            $ref: '#/components/schemas/MatchReason',
          },
          {
            type: 'string',
            const: 'no-match',
          },
          {
            type: 'string',
            const: 'confirmed-before',
          },
        ],
      },
      proposed: {
        $ref: '#/components/schemas/AskedInstallationTarget',
      },
      match: {
        type: 'object',
        properties: {
          id: {
            type: 'string',
          },
          name: {
            type: 'string',
          },
        },
        required: ['id', 'name'],
      },
      installationId: {
        type: 'string',
      },
      reference: {
        type: 'string',
      },
      customerReference: {
        type: 'string',
      },
      serialNumber: {
        type: 'string',
      },
      location: {
        type: 'string',
      },
      building: {
        type: 'string',
      },
      outcome: {
        type: 'string',
        const: 'two-records-of-one-machine',
      },
    },
    required: ['action', 'installationId', 'reason', 'reference', 'score'],
  },
  AskedInstallationTarget: {
    type: 'object',
    properties: {
      buildingId: {
        type: 'string',
      },
      locationId: {
        type: 'string',
      },
      newBuilding: {
        type: 'object',
        properties: {
          name: {
            type: 'string',
          },
          locationId: {
            type: 'string',
          },
        },
        required: ['name', 'locationId'],
      },
      followsLocation: {
        type: 'boolean',
        const: true,
      },
    },
  },
  RevocationAnswer: {
    type: 'object',
    properties: {
      withdrawn: {
        type: 'array',
        items: {
          type: 'string',
        },
      },
      retained: {
        type: 'array',
        items: {
          $ref: '#/components/schemas/RetainedItem',
        },
      },
      downstream: {
        type: 'array',
        items: {
          $ref: '#/components/schemas/DownstreamLoss',
        },
      },
      id: {
        type: 'string',
      },
      revision: {
        type: 'integer',
      },
      progress: {
        $ref: '#/components/schemas/RevocationProgress',
      },
    },
    required: ['downstream', 'id', 'retained', 'revision', 'withdrawn'],
  },
  RetainedItem: {
    type: 'object',
    properties: {
      installationId: {
        type: 'string',
      },
      code: {
        type: 'string',
        const: 'revocation-window-closed',
      },
      since: {
        $ref: '#/components/schemas/Instant',
      },
    },
    required: ['installationId', 'code', 'since'],
  },
  DownstreamLoss: {
    type: 'object',
    properties: {
      account: {
        type: 'string',
      },
      name: {
        type: 'string',
      },
      share: {
        type: 'string',
      },
      giver: {
        type: 'string',
      },
      installations: {
        type: 'array',
        items: {
          type: 'string',
        },
      },
      keeping: {
        type: 'array',
        items: {
          type: 'string',
        },
      },
    },
    required: ['account', 'name', 'share', 'giver', 'installations', 'keeping'],
  },
  RevocationView: {
    type: 'object',
    properties: {
      withdrawn: {
        type: 'array',
        items: {
          type: 'string',
        },
      },
      retained: {
        type: 'array',
        items: {
          $ref: '#/components/schemas/RetainedItem',
        },
      },
      downstream: {
        type: 'array',
        items: {
          $ref: '#/components/schemas/DownstreamLoss',
        },
      },
    },
    required: ['downstream', 'retained', 'withdrawn'],
  },
  SealKeyList: {
    type: 'object',
    properties: {
      items: {
        type: 'array',
        items: {
          $ref: '#/components/schemas/SealKeyView',
        },
      },
    },
    required: ['items'],
  },
  SealKeyView: {
    type: 'object',
    properties: {
      key: {
        type: 'string',
      },
      since: {
        $ref: '#/components/schemas/Instant',
      },
      until: {
        $ref: '#/components/schemas/Instant',
      },
    },
    required: ['key', 'since'],
  },
  SealProof: {
    type: 'object',
    properties: {
      checkpoint: {
        type: 'string',
      },
      size: {
        type: 'integer',
      },
      inclusion: {
        $ref: '#/components/schemas/InclusionProof',
      },
      growth: {
        $ref: '#/components/schemas/GrowthProof',
      },
    },
    required: ['checkpoint', 'size'],
  },
  InclusionProof: {
    type: 'object',
    properties: {
      event: {
        type: 'string',
      },
      stream: {
        type: 'string',
      },
      revision: {
        type: 'integer',
      },
      index: {
        type: 'integer',
      },
      leaf: {
        type: 'string',
      },
      leafHash: {
        type: 'string',
      },
      hashes: {
        type: 'array',
        items: {
          type: 'string',
        },
      },
    },
    required: ['event', 'stream', 'revision', 'index', 'leafHash', 'hashes'],
  },
  GrowthProof: {
    type: 'object',
    properties: {
      from: {
        type: 'integer',
      },
      hashes: {
        type: 'array',
        items: {
          type: 'string',
        },
      },
    },
    required: ['from', 'hashes'],
  },
  ServiceStatus: {
    type: 'object',
    properties: {
      status: {
        type: 'string',
        enum: ['live', 'ready', 'degraded'],
      },
      missing: {
        type: 'array',
        items: {
          type: 'string',
        },
      },
    },
    required: ['status'],
  },
  SignInState: {
    type: 'object',
    properties: {
      mode: {
        type: 'string',
        enum: ['oidc', 'development', 'bearer'],
      },
      session: {
        $ref: '#/components/schemas/SessionView',
      },
    },
    required: ['mode'],
  },
  SessionView: {
    type: 'object',
    properties: {
      person: {
        type: 'string',
      },
      account: {
        type: 'object',
        properties: {
          id: {
            type: 'string',
          },
          name: {
            type: 'string',
          },
        },
        required: ['id', 'name'],
      },
      user: {
        type: 'string',
      },
      roles: {
        type: 'array',
        items: {
          $ref: '#/components/schemas/Role',
        },
      },
      expiresAt: {
        type: 'string',
      },
      live: {
        type: 'boolean',
      },
      renewable: {
        type: 'boolean',
      },
    },
    required: ['person', 'account', 'user', 'roles', 'expiresAt', 'live', 'renewable'],
  },
  ShareDocumentView: {
    type: 'object',
    properties: {
      kind: {
        $ref: '#/components/schemas/ActivityKind',
      },
      performedOn: {
        type: 'string',
      },
      summary: {
        type: 'string',
      },
      performedBy: {
        type: 'string',
      },
      refrigerantAddedKg: {
        $ref: '#/components/schemas/Amount',
      },
      refrigerantRecoveredKg: {
        $ref: '#/components/schemas/Amount',
      },
      leakFound: {
        type: 'boolean',
      },
      measurements: {
        type: 'array',
        items: {
          $ref: '#/components/schemas/Measurement',
        },
      },
      attachment: {
        $ref: '#/components/schemas/Attachment',
      },
      id: {
        type: 'string',
      },
      account: {
        $ref: '#/components/schemas/Counterparty',
      },
      document: {
        $ref: '#/components/schemas/WorkOrderDocument',
      },
      addedAt: {
        $ref: '#/components/schemas/Instant',
      },
      changedAt: {
        $ref: '#/components/schemas/Instant',
      },
      allowedActions: {
        type: 'array',
        items: {
          $ref: '#/components/schemas/ActivityAction',
        },
      },
      installation: {
        type: 'object',
        properties: {
          id: {
            type: 'string',
          },
          reference: {
            type: 'string',
          },
        },
        required: ['id', 'reference'],
      },
    },
    required: [
      'account',
      'addedAt',
      'allowedActions',
      'id',
      'installation',
      'kind',
      'performedOn',
      'summary',
    ],
  },
  ShareView: {
    type: 'object',
    properties: {
      id: {
        type: 'string',
      },
      connectionId: {
        type: 'string',
      },
      name: {
        type: 'string',
      },
      explanation: {
        type: 'string',
      },
      role: {
        $ref: '#/components/schemas/ShareSide',
      },
      counterparty: {
        $ref: '#/components/schemas/Counterparty',
      },
      status: {
        $ref: '#/components/schemas/PartyStatus',
      },
      suggestedLevel: {
        $ref: '#/components/schemas/TransferLevel',
      },
      level: {
        $ref: '#/components/schemas/TransferLevel',
      },
      accessType: {
        $ref: '#/components/schemas/AccessType',
      },
      documentIdentity: {
        $ref: '#/components/schemas/DocumentIdentity',
      },
      terms: {
        $ref: '#/components/schemas/ShareTerms',
      },
      items: {
        type: 'object',
        properties: {
          total: {
            type: 'integer',
          },
          offered: {
            type: 'integer',
          },
          placed: {
            type: 'integer',
          },
          declined: {
            type: 'integer',
          },
          withdrawn: {
            type: 'integer',
          },
        },
        required: ['total', 'offered', 'placed', 'declined', 'withdrawn'],
      },
      leftOut: {
        type: 'integer',
      },
      partlyRevoked: {
        type: 'boolean',
      },
      reason: {
        type: 'string',
      },
      revocableUntil: {
        anyOf: [
          {
            $ref: '#/components/schemas/Instant',
          },
          {
            type: 'string',
            const: 'any-time',
          },
        ],
      },
      progress: {
        $ref: '#/components/schemas/ShareProgress',
      },
      allowedActions: {
        type: 'array',
        items: {
          $ref: '#/components/schemas/ShareAction',
        },
      },
      requestedAt: {
        $ref: '#/components/schemas/Instant',
      },
      evaluatedAt: {
        $ref: '#/components/schemas/Instant',
      },
      cancelledAt: {
        $ref: '#/components/schemas/Instant',
      },
      availableAt: {
        $ref: '#/components/schemas/Instant',
      },
      processedAt: {
        $ref: '#/components/schemas/Instant',
      },
      revokedAt: {
        $ref: '#/components/schemas/Instant',
      },
      expiresAt: {
        $ref: '#/components/schemas/Instant',
      },
      extendedAt: {
        $ref: '#/components/schemas/Instant',
      },
      expiredAt: {
        $ref: '#/components/schemas/Instant',
      },
      lastChangedAt: {
        $ref: '#/components/schemas/Instant',
      },
      revision: {
        type: 'integer',
      },
    },
    required: [
      'id',
      'connectionId',
      'name',
      'role',
      'counterparty',
      'status',
      'suggestedLevel',
      'items',
      'partlyRevoked',
      'allowedActions',
      'requestedAt',
      'lastChangedAt',
      'revision',
    ],
  },
  TransferLevel: {
    type: 'string',
    enum: ['customer', 'location', 'installation'],
  },
  ShareProgress: {
    type: 'object',
    properties: {
      phase: {
        type: 'string',
        enum: ['preparing', 'importing'],
      },
      done: {
        type: 'integer',
      },
      of: {
        type: 'integer',
      },
    },
    required: ['phase', 'done', 'of'],
  },
  ShareAction: {
    type: 'string',
    enum: ['approve', 'reject', 'cancel', 'process', 'finish', 'revoke', 'extend'],
  },
  WebhookSecretIssued: {
    type: 'object',
    properties: {
      id: {
        type: 'string',
      },
      revision: {
        type: 'integer',
      },
      progress: {
        $ref: '#/components/schemas/RevocationProgress',
      },
      secret: {
        type: 'string',
      },
    },
    required: ['id', 'revision'],
  },
  WebhookTested: {
    type: 'object',
    properties: {
      id: {
        type: 'string',
      },
      revision: {
        type: 'integer',
      },
      progress: {
        $ref: '#/components/schemas/RevocationProgress',
      },
      deliveryId: {
        type: 'string',
      },
    },
    required: ['id', 'revision'],
  },
  WebhookView: {
    type: 'object',
    properties: {
      id: {
        type: 'string',
      },
      url: {
        type: 'string',
      },
      types: {
        type: 'array',
        items: {
          type: 'string',
        },
      },
      description: {
        type: 'string',
      },
      status: {
        type: 'string',
        enum: ['enabled', 'disabled'],
      },
      disabled: {
        type: 'object',
        properties: {
          reason: {
            $ref: '#/components/schemas/DisablingReason',
          },
          since: {
            $ref: '#/components/schemas/Instant',
          },
        },
        required: ['reason'],
      },
      failingSince: {
        $ref: '#/components/schemas/Instant',
      },
      formerSecretUntil: {
        $ref: '#/components/schemas/Instant',
      },
      allowedActions: {
        type: 'array',
        items: {
          $ref: '#/components/schemas/WebhookAction',
        },
      },
      createdAt: {
        $ref: '#/components/schemas/Instant',
      },
      revision: {
        type: 'integer',
      },
    },
    required: ['id', 'url', 'status', 'allowedActions', 'createdAt', 'revision'],
  },
  DisablingReason: {
    type: 'string',
    enum: ['asked', 'failing', 'gone'],
  },
  WebhookAction: {
    type: 'string',
    enum: ['change', 'enable', 'disable', 'rotate', 'replay', 'test', 'remove'],
  },
  Written: {
    type: 'object',
    properties: {
      id: {
        type: 'string',
      },
      revision: {
        type: 'integer',
      },
      progress: {
        $ref: '#/components/schemas/RevocationProgress',
      },
    },
    required: ['id', 'revision'],
  },
};
