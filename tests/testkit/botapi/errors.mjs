// An answer of the Bot API that is not ok.
const NAMES = { 400: 'Bad Request', 401: 'Unauthorized', 403: 'Forbidden', 404: 'Not Found', 409: 'Conflict' };

export class ApiError extends Error {
  constructor(code, description, parameters) {
    super(description);
    this.code = code;
    this.parameters = parameters;
  }
}

export const badRequest = (why, parameters) => new ApiError(400, `${NAMES[400]}: ${why}`, parameters);
export const forbidden = (why) => new ApiError(403, `${NAMES[403]}: ${why}`);
export const conflict = (why) => new ApiError(409, `${NAMES[409]}: ${why}`);
export const unauthorized = () => new ApiError(401, NAMES[401]);
export const notFound = (why) => new ApiError(404, why ? `${NAMES[404]}: ${why}` : NAMES[404]);
export const tooManyRequests = (seconds) =>
  new ApiError(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds });
