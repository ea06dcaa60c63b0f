"""WeChat public accounts: posts as the capture tool wrote them, and pages saved from a browser."""

from beilin.sources.declaration import Source

SOURCE = Source(
    kind="wechat",
    name="微信公众号",
    hosts=("mp.weixin.qq.com",),
    markers=("#js_content", "mp-common-profile", "mp-style-type"),
    content=("#js_content",),
    title=("#activity-name",),
    account=("#js_name", "mp-common-profile[data-nickname]"),
    published=("#publish_time",),
    drop=(
        "#js_pc_qr_code",
        "#js_top_ad_area",
        "#content_bottom_area",
        "#js_tags_preview_toast",
        ".qr_code_pc_outer",
        ".rich_media_tool",
    ),
)
