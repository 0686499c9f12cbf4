"""What every collector of a web service does alike."""

from dataclasses import replace

from collectors.interface import Source
from collectors.transport import Request, Response
from collectors.webapi.keep import Shape, kept


class WebCollector:
    """A collector whose answers are JSON, and lose in the transport whatever their shape does not name."""

    def shape(self, source: Source, request: Request) -> Shape:
        """The fields of the answer that are read."""
        raise NotImplementedError

    def strip(self, source: Source, request: Request, response: Response) -> Response:
        """The answer with nothing but the fields that are read."""
        return replace(response, body=kept(response.body, self.shape(source, request)), headers={})
