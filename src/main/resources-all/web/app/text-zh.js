// 中文文本。reason.、refusal.、outcome.、verdict. 后面是服务器的代码。
export default {
  "nav.title": "视图", "nav.live": "实时", "nav.search": "搜索", "nav.operations": "运维", "nav.object": "对象",
  skip: "跳到正文", close: "关闭", again: "重试", cancel: "取消", dismiss: "移除", more: "显示更多", refresh: "刷新",
  loading: "正在加载…", copied: "已复制。", notCopied: "浏览器不允许页面复制。请选中文本后自行复制。",
  size: "大小", bucket: "存储桶", variable: "变量（名=值）", variables: "自定义变量", deleted: "已删除", explain: "解释", operator: "运维人员",
  "theme.auto": "主题：跟随系统", "theme.light": "主题：浅色", "theme.dark": "主题：深色",

  "connection.connecting": "正在连接", "connection.live": "实时", "connection.lost": "连接中断", "connection.asleep": "已暂停", "connection.kafka": "Kafka 不可用",
  "connection.connecting.why": "正在打开事件流", "connection.live.why": "事件发生即到达", "connection.lost.why": "服务器没有响应，正在不断重试", "connection.asleep.why": "页面无人查看，回来后自动继续",
  "connection.kafka.why": "事件流已打开，但服务器暂时读不到 Kafka；上传会保存在日志中",

  signIn: "登录", signOut: "退出", "signIn.kind": "方式", "signIn.key": "API 密钥", "signIn.token": "Bearer 令牌",
  "signIn.kept": "只保存在此标签页，关闭即失效。", "signIn.laptop": "在笔记本上用 make run 启动时，密钥是：local", "signIn.wrong": "密钥或令牌不正确。请检查是否缺字符，或询问签发者。",
  "signIn.none": "此服务器既不接受 API 密钥，也不接受 Bearer 令牌。请运维人员配置 quayside.grant.api-keys 或 mp.jwt.verify。",

  "live.title": "实时上传", "live.pause": "暂停", "live.resume": "继续（{n} 条等待）", "live.omitted": "另有 {n} 条未显示，因为数量超出可显示范围",
  "welcome.1": "把图片拖到上方", "welcome.1.how": "页面申请授权后，文件直传 OSS。经过本服务器的只有上传凭证。", "welcome.2": "看它到达", "welcome.2.how": "OSS 发出回调。回调经过验证，变成事件、目录记录、搜索结果和缩略图，每一步都显示用时。",
  "welcome.3": "打开它", "welcome.3.how": "时间线列出每一步，直到 Kafka 中的记录。“运维”展示整体运行情况。",

  "upload.title": "上传", "upload.drop": "把文件拖到这里", "upload.choose": "选择文件", "upload.method": "方式", "upload.prefix": "桶内目录",
  "method.put": "单次 PUT", "method.form": "表单", "method.multipart": "分片上传",
  "upload.noFolders": "不能拖入文件夹。请打开文件夹，拖入其中的文件。", "upload.notConfigured": "暂时无法上传：", "upload.signInFirst": "上传需要 API 密钥或 Bearer 令牌。", "upload.newGrant": "重新申请授权", "upload.again": "重新上传", "upload.open": "打开对象",
  "upload.refusedReasons": "被拒绝的回调", "upload.ossSaid": "OSS 的应答", "upload.emptyAnswer": "（空）", "upload.dismissAll": "移除全部 {n} 个已结束的上传",
  "uploadState.waiting": "排队中", "uploadState.signing-in": "等待登录", "uploadState.granting": "正在申请授权", "uploadState.sending": "正在传到 OSS", "uploadState.calling-back": "OSS 正在存储并回调",

  "answer.accepted": "已存储，事件已记录。",
  "answer.callback-failed": "文件已存入 OSS，但事件没有记录（203 CallbackFailed）：OSS 的回调没有得到所需的应答。对象已存在，但目录和搜索还不知道它。请在下方查看原因；执行一次 reconcile 即可补记。不必重新上传。",
  "answer.reconcile": "补记命令：", "answer.expired": "上传开始前授权已过期（403 {code}）。重新申请授权后会再次发送文件。", "answer.policy": "OSS 拒绝了文件，因为大小、类型或名称不符合授权（{code}：{message}）。",
  "answer.too-large": "文件超过此处允许的大小（最大 {most}）。请选择较小的文件，或请运维人员调高 quayside.grant.buckets.<name>.max-size。", "answer.oss-refused": "OSS 拒绝了上传（{code}：{message}）。",
  "answer.oss-failed": "OSS 出错（{code}）。请稍后重试；已发送的内容没有存储。", "answer.network": "与 OSS 的连接中断，或存储桶的 CORS 规则不允许此页面。请重试：分片上传会从中断处继续。", "answer.server-away": "本服务器没有响应。页面恢复实时后请重试。",
  "answer.cancelled": "已取消，没有存储任何内容。", "answer.etag-not-exposed": "OSS 收下了分片，但浏览器看不到它的 ETag：请在存储桶 CORS 规则的暴露头中加入 ETag。", "answer.broken": "文件无法读取，或页面出错（{message}）。", "answer.not-granted": "没有得到授权。",

  "stage.publish": "发布", "stage.catalog": "目录", "stage.search": "搜索", "stage.thumbnail": "缩略图", "stage.timeline": "时间线", "stage.state": "状态", "stage.retry": "重试中", "stage.dead": "死信", "stage.redriven": "已移回",
  "outcome.applied": "已应用", "outcome.stale": "比已知的旧", "outcome.duplicate": "此前已知", "outcome.made": "已生成缩略图", "outcome.unchanged": "无需改动", "outcome.not-an-image": "不是图片", "outcome.vector-image": "矢量图，无需缩略图", "outcome.own-thumbnail": "本身就是缩略图", "outcome.object-gone": "对象已不存在", "outcome.no-object": "没有指明对象", "outcome.callback": "来自回调", "outcome.journal": "来自回调，经由日志", "outcome.reconcile": "由对账发现",
  "outcome.redrive": "由运维人员移回", "outcome.catalog": "由目录告知",
  "kind.event": "事件", "kind.effect": "结果", "kind.retry": "失败，稍后重试", "kind.dead-letter": "已放弃：死信", "kind.redrive": "由运维人员移回", "eventType.uploaded": "已上传", "eventType.thumbnailed": "已写缩略图", "eventType.deleted": "已删除", "eventType.state": "状态",
  "level.title": "验证方式", "level.signature": "签名", "level.grant": "授权", "level.confirmed": "已核实", "levelWhy.signature": "OSS 对回调签名。其密钥由所有客户共用，单凭它不足为证。", "levelWhy.grant": "回调带有本系统为此对象签发的授权。", "levelWhy.confirmed": "查看存储桶，ETag 和大小一致。",

  "search.label": "搜索对象", "search.placeholder": "名称中的词或片段", "search.hits": "找到的对象", "search.found": "找到 {n} 个", "search.foundMore": "最新的 {n} 个，还有更多", "search.none": "没有找到", "search.noneHow": "名称须包含每个词，并满足每个筛选条件。去掉一个再试，或在上传后稍等一秒。",
  "filter.title": "筛选", "filter.prefix": "名称开头", "filter.type": "类型", "filter.from": "从", "filter.to": "到", "filter.clear": "清除筛选",

  "object.preview": "预览", "object.noPreview": "无预览：此版本没有缩略图。", "object.previewAway": "暂时无法加载预览。", "object.metadata": "元数据", "object.thumbnails": "缩略图", "object.noThumbnails": "没有或尚未生成。图片的缩略图几秒内即可生成。", "object.thumbnailOf": "缩略图 {preset}",
  "object.timeline": "时间线", "object.noTimeline": "没有此对象的任何消息。", "object.copyName": "复制名称", "object.wholeName": "完整名称", "object.disputed": "自 {since} 起，存储桶中为 ETag {etag}，{size}",
  "field.image": "图像", "field.disputed": "有出入", "field.uploadedAt": "上传时间", "field.recordedAt": "收到时间", "field.updatedAt": "写入目录", "field.etag": "ETag", "field.crc64": "CRC-64", "field.contentMd5": "Content-MD5", "field.mimeType": "类型", "field.operation": "操作",
  "field.requestId": "请求 ID", "field.owner": "所有者", "field.requester": "请求者", "field.clientIp": "客户端地址", "field.vpcId": "VPC", "field.eventSource": "事件来源", "field.eventId": "事件 ID", "field.sequence": "序号", "field.fields": "回调的其他字段",
  "raw.title": "原始事件", "raw.show": "原始", "raw.none": "没有此对象的事件。", "raw.key": "键", "raw.headers": "{n} 个头", "raw.tombstone": "（无值：墓碑记录）", "raw.copyCurl": "复制为 curl", "raw.copyKcat": "复制为 kcat",

  "ops.stages": "阶段", "ops.stage": "阶段", "ops.rate": "每秒", "ops.lastMinutes": "最近 2 分钟", "ops.lag": "积压", "ops.retryLag": "重试积压", "ops.allInstances": "所有实例，最近 60 秒，{time}", "ops.thisInstance": "日志、守恒和拒绝仅属于此实例：", "ops.journal": "日志", "ops.depth": "事件数", "ops.oldest": "最早",
  "ops.journalEmpty": "空：Kafka 立即收下一切。", "ops.journalWaits": "保存在磁盘，直到 Kafka 收下；上传者已得到应答。", "ops.noCallback": "此实例不接收回调（没有 callback 角色）。请查看接收回调的实例。", "ops.conservation": "守恒", "ops.balanced": "平衡：收到的每个回调都有去处。", "ops.unbalanced": "不平衡：请查看此实例的日志输出。",
  "ops.received": "收到", "ops.published": "已发布", "ops.journalled": "已入日志", "ops.refused": "拒绝", "ops.failed": "失败", "ops.open": "处理中", "ops.waiting": "等待：",
  "refused.title": "被拒绝的回调", "refused.none": "此实例启动以来没有拒绝。", "refused.reason": "原因", "refused.count": "次数", "refused.means": "含义", "refused.explain": "解释一个回调",
  "refusal.signature-mismatch": "签名与请求不符：途中被改动，或不是 OSS 发送的。", "refusal.key-unknown": "签名密钥不受信任。", "refusal.grant-expired": "授权过期。", "refusal.grant-replayed": "授权已使用过。", "refusal.grant-required": "需要授权，但没有携带。", "refusal.grant-signature": "授权不是这里签发的。",
  "refusal.grant-malformed": "授权无法读取。", "refusal.grant-unknown-key": "签发授权的密钥没有配置。", "refusal.grant-bucket": "授权的是另一个存储桶。", "refusal.grant-key": "授权的是另一个名称。", "refusal.grant-size": "超过授权大小。", "refusal.grant-content-type": "类型与授权不符。",
  "refusal.bucket-not-allowed": "不接受此存储桶。", "refusal.key-not-allowed": "不接受此类名称。", "refusal.owner-not-allowed": "不接受此所有者。", "refusal.size-not-allowed": "过大。", "refusal.type-not-allowed": "不接受此类型。", "refusal.authorization-missing": "没有签名：不是 OSS 发送的。",
  "refusal.pub-key-url-missing": "没有说明签名密钥。", "refusal.unknown-path": "发到了不接收回调的路径。", "refusal.overloaded": "一时过多；上传者看到 CallbackFailed。", "refusal.not-durable": "Kafka 和日志都没有收下；上传者看到 CallbackFailed。", "refusal.body-too-large": "正文过大。", "refusal.body-incomplete": "正文中断。", "refusal.body-timeout": "正文接收超时。",

  "explain.how": "粘贴捕获的回调：带请求头的原始 HTTP 请求，或同样内容的 JSON。结果说明它是否由 OSS 签名，以及途中被怎样改动。授权令牌会被遮盖。", "explain.capture": "捕获的请求", "explain.file": "文件：{name}（在此输入即可替换）", "explain.example": "POST /oss/callback HTTP/1.1\nAuthorization: …\nx-oss-pub-key-url: …\n\nbucket=…", "explain.do": "解释", "explain.chooseFile": "从文件读取", "explain.tooLarge": "文件大于 512 KiB。",
  "explain.hints": "提示（如果有）", "explain.hint.prefix": "代理去掉的路径前缀", "explain.hint.path": "OSS 请求的路径", "explain.hint.query": "OSS 请求的查询串", "explain.hint.field-order": "字段顺序，以逗号分隔", "explain.advice": "怎么办", "explain.evidence": "说明", "explain.refusedAs": "拒绝原因", "explain.computed": "到达内容的 MD5",
  "explain.signedMd5": "OSS 签名的 MD5", "explain.key": "签名者", "explain.tried": "已尝试并排除", "explain.stringToSign": "待签名串", "explain.signedString": "OSS 实际签名的内容",
  "verdict.verifies": "签名有效：OSS 发送的正是此请求。", "verdict.verifies-but-refused": "签名有效，但请求目标仍被拒绝。", "verdict.accident-found": "OSS 签了此回调，但途中被改动。已查明如何改动。", "verdict.signed-otherwise": "OSS 签的内容与到达的不同，已知的意外都无法解释。", "verdict.not-signed-by-trusted-key": "不是受信任密钥的签名：不是 OSS 发送的，或 Authorization 头被改动。", "verdict.signature-unusable": "没有可以检查的签名。",

  "letters.title": "死信", "letters.one": "死信", "letters.none": "没有死信", "letters.noneHow": "没有被放弃的事件，或没有符合筛选条件的。", "letters.group": "消费组", "letters.cause": "原因", "letters.bucket": "存储桶", "letters.prefix": "名称开头", "letters.redriven": "包括已移回的", "letters.moved": "已移回", "letters.object": "对象", "letters.sink": "放弃者",
  "letters.time": "搁置时间", "letters.attempts": "次数", "letters.inspect": "查看", "letters.choose": "选择 {position}", "letters.chosen": "已选", "letters.ids": "已选", "letters.reason": "说明", "letters.position": "位置", "letters.origin": "首次读自", "letters.originTime": "记录时间", "letters.firstFailed": "首次失败", "letters.eventId": "事件 ID",
  "letters.eventType": "事件类型", "letters.redriveCount": "此前移回次数",
  "redrive.readOnly": "只读：移回死信需要运维人员身份。", "redrive.notOperator": "只读：您已登录，但不是运维人员（quayside.console.operators）。", "redrive.what": "将移回：", "redrive.all": "所有死信", "redrive.chosen": "选中的 {n} 条", "redrive.dryRun": "试运行", "redrive.do": "移回", "redrive.stop": "停止", "redrive.stopped": "已停止。已移回的保持不变。",
  "redrive.scanned": "已查看的死信", "redrive.counted": "{matched} 条符合，其中 {already} 条此前已移回；已查看 {scanned}/{total}。没有移动任何记录。", "redrive.moved": "{matched} 条符合，已移回 {moved} 条，此前已移回 {already} 条；已查看 {scanned}/{total}。", "redrive.done": "已移回 {n} 条死信。",
  "redrive.confirmTitle": "移回死信？", "redrive.confirm": "消费者会再次处理它们。请在失败的原因排除之后进行。", "redrive.willMove": "根据上次试运行，将移回 {n} 条。",

  "reason.network": "服务器没有响应。它可能正在启动，或网络中断。", "reason.unauthenticated": "没有登录，或密钥已失效。请登录后重试。", "reason.not-operator": "只有运维人员可以这样做（quayside.console.operators）。", "reason.grants-not-configured": "此服务器尚不签发授权。缺少：", "reason.authentication-not-configured": "此服务器不知道谁可以上传。缺少：",
  "reason.bucket-not-allowed": "不允许上传到此存储桶。请选择另一个。", "reason.key-not-allowed": "不允许用此名称上传。请放入允许的目录。", "reason.size-not-allowed": "文件超过允许的大小。请选择较小的。", "reason.callback-too-long": "名称和变量过长，回调放不下。请缩短。", "reason.token-expired": "此分片上传的授权已结束。重试会用新的授权重新开始。", "reason.token-not-valid": "此分片上传不是在这里授权的。重试会重新开始。", "reason.parts-not-allowed": "分片数超过此服务器签名的上限（quayside.grant.max-parts）。", "reason.request-invalid": "授权请求无效。",
  "reason.object-not-found": "目录中没有此对象。它可能还在途中，请看时间线。", "reason.object-deleted": "对象已不在存储桶中。时间线仍保留。", "reason.catalog-unavailable": "目录数据库没有响应。事件在 Kafka 中等待。", "reason.timeline-unavailable": "时间线数据库没有响应。", "reason.search-unavailable": "搜索索引没有响应。", "reason.search-timeout": "搜索超时。请用存储桶、前缀或时间缩小范围。",
  "reason.bad-mime-type": "类型应如 image/png 或 image/*。", "reason.bad-time-range": "起始时间须早于结束时间。", "reason.bad-time": "不是有效时间。", "reason.bad-variable": "最多 8 个变量，每个都要有名称。", "reason.query-too-long": "最多 256 个字符。", "reason.event-not-found": "记录已不在 Kafka 中：保留期已过。", "reason.kafka-unavailable": "Kafka 没有响应。",
  "reason.thumbnail-not-found": "没有这样的缩略图。", "reason.oss-unavailable": "OSS 没有响应。", "reason.busy": "其他人正在做同样的事。请稍后再试。", "reason.dead-letter-not-found": "死信已不存在。", "reason.too-many-streams": "此服务器上打开的页面过多。请关闭一些，或调高 quayside.console.max-streams。", "reason.capture-unreadable": "无法作为捕获的请求读取。", "reason.capture-too-large": "捕获内容过大。",
};
