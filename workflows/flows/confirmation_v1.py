"""The committee is heard on a paper that went first, first version: after the issue, to confirm it.

Released classes are never changed in meaning: a change of the procedure is `confirmation_v2.py`.
The steps bear the names of the issuance, so that pages, policies and deadlines are one.
"""

from __future__ import annotations

from viewflow import this
from viewflow.workflow.base import Flow

from offices.roles import Capability
from workflows.nodes import Begin, Finish, Instance, MultiInstance, Procedure, UserTask


class ConfirmationFlowV1(Procedure, Flow):
    """Confirm an issued paper that went before the committee was heard: round, conclusion, answer.

    It begins with the issue of such a paper, and nothing is undone by it: where the committee
    does not confirm, whoever signs for the office answers, by a paper (correction, recall, new
    decision: Decree 30/2020 art. 18) or by standing by the paper with a reason.
    """

    process_title = "Xác nhận sau khi phát hành"
    process_description = (
        "Ban Chỉ đạo cho ý kiến về văn bản khẩn đã phát hành trước, và người ký xử lý nếu không được "
        "xác nhận."
    )

    begin = Begin(lane=Capability.ISSUE).Annotation(title="Phát hành trước").Next(this.open_round)
    open_round = (
        UserTask(lane=Capability.OPEN_ROUND)
        .Annotation(title="Mở lượt lấy ý kiến")
        .On("opened", this.collect_opinions)
    )
    collect_opinions = (
        MultiInstance(of=this.opinion)
        .Annotation(title="Lấy ý kiến Ban Chỉ đạo ISO")
        .Next(this.conclude)
    )
    opinion = Instance(lane=Capability.GIVE_OPINION).Annotation(title="Cho ý kiến")
    conclude = (
        UserTask(lane=Capability.CONCLUDE)
        .Annotation(title="Kết luận")
        .On("confirmed", this.finish)
        .On("unconfirmed", this.answer_refusal)
    )
    answer_refusal = (
        UserTask(lane=Capability.SIGN)
        .Annotation(title="Xử lý khi không được xác nhận")
        .On("settled", this.finish)
    )
    finish = Finish().Annotation(title="Đã xác nhận hoặc xử lý xong")
